import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceStore } from '../../../src/cim/contracts/instance-store.js';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { type Database, openDatabase } from '../../../src/store/postgres/database.js';
import { databaseAddress } from '../../../src/store/postgres/database-address.js';
import { openPostgresBackend } from '../../../src/store/postgres/open-postgres-backend.js';
import { quotedName } from '../../../src/store/postgres/quoted-name.js';
import { instance, path } from '../instance-builders.js';
import { sharedPostgres } from './shared-postgres.js';

const postgres = await sharedPostgres();

/** As a standby that lacked the last commits of the server whose place it took. */
describe.skipIf(!postgres)('a database that lost its last commit', () => {
  let url: string;
  let first: InstanceStore;
  let second: InstanceStore;
  let administrator: Database;
  beforeEach(async () => {
    url = postgres?.url() ?? '';
    first = createDurableStore(await openPostgresBackend(url));
    second = createDurableStore(await openPostgresBackend(url));
    administrator = await openDatabase(databaseAddress(url));
    await put(first, 'a');
    await put(first, 'b');
    expect([await id(first, 'b'), await id(second, 'b')]).toEqual(['b', 'b']);
    const schema = quotedName(databaseAddress(url).schema);
    await administrator.query(
      `DELETE FROM ${schema}.instances WHERE version = 2; DELETE FROM ${schema}.commits WHERE version = 2;
      UPDATE ${schema}.class_counts SET instances = 1; UPDATE ${schema}.state SET version = 1, sequence = 1`,
    );
  });
  afterEach(() => Promise.all([first, second, administrator].map((one) => one.close())));

  const put = (store: InstanceStore, name: string) =>
    store.transaction((transaction) => transaction.put(instance('Disk', name)));
  const id = async (store: InstanceStore, name: string) => (await store.get(path('Disk', name)))?.getString('Id');

  it('is seen as it is by those who knew that commit, and takes others', async () => {
    expect([await id(first, 'b'), await id(first, 'a')]).toEqual([undefined, 'a']);
    await put(second, 'c');
    expect([await id(first, 'c'), await first.count('root/test', ['Disk'])]).toEqual(['c', [2]]);
  });

  it('is so too when another has committed in its place meanwhile', async () => {
    const third = createDurableStore(await openPostgresBackend(url));
    await put(third, 'd');
    await third.close();
    for (const store of [first, second]) {
      expect([await id(store, 'b'), await id(store, 'd')]).toEqual([undefined, 'd']);
    }
    await put(second, 'e');
    expect(await first.count('root/test', ['Disk'])).toEqual([3]);
  });
});
