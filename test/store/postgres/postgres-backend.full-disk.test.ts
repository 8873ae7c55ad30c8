import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { openDatabase } from '../../../src/store/postgres/database.js';
import { databaseAddress } from '../../../src/store/postgres/database-address.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { createPostgresBackend } from '../../../src/store/postgres/postgres-backend.js';
import { quotedName } from '../../../src/store/postgres/quoted-name.js';
import { instance, path } from '../instance-builders.js';
import { sharedPostgres } from './shared-postgres.js';

const postgres = await sharedPostgres();

/** A small disk of its own; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'cimulator-small-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0755', 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
}

describe.skipIf(!postgres)('a database whose disk is full', () => {
  it('refuses commits, loses none, lets reads go on, and takes commits again when there is room', async ({ skip }) => {
    const disk = smallDisk() ?? skip('no file system can be mounted here');
    const url = postgres?.url() ?? '';
    const administrator = await openDatabase(databaseAddress(url));
    onTestFinished(() => administrator.close());
    const space = `small${Math.random().toString(36).slice(2, 8)}`;
    const { schema } = databaseAddress(url);
    // All tables and indices of this state lie on it.
    const [[data] = []] = await administrator.query('SHOW data_directory');
    const folder = join(disk, 'tables');
    const { uid, gid } = statSync(data ?? '');
    mkdirSync(folder);
    chownSync(folder, uid, gid);
    await administrator.query(`CREATE TABLESPACE ${space} LOCATION '${folder}'`);
    await administrator.query(`CREATE ROLE ${space} LOGIN SUPERUSER PASSWORD 'pw'`);
    await administrator.query(`ALTER ROLE ${space} SET default_tablespace = ${space}`);
    onTestFinished(async () => {
      await administrator.query(`DROP SCHEMA ${quotedName(schema)} CASCADE; DROP ROLE ${space}`);
      await administrator.query(`DROP TABLESPACE ${space}`);
    });

    const database = await openPostgresDatabase(url.replace(/\/\/[^@]*@/, `//${space}:pw@`));
    onTestFinished(() => database.close());
    const store = createDurableStore(await createPostgresBackend(database));
    onTestFinished(() => store.close());
    // Not to be made smaller, as a long run of one letter would be.
    const text = () => Array.from({ length: 4000 }, () => Math.random().toString(36).slice(2, 7)).join('');
    const put = (id: number) =>
      store.transaction((transaction) => transaction.put(instance('Disk', `${id}`, { Text: text() })));
    let written = 0;
    let refused: unknown;
    while (refused === undefined && written < 500) {
      await put(written + 1).then(
        () => {
          written += 1;
        },
        (error: unknown) => {
          refused = error;
        },
      );
    }
    expect(refused).toMatchObject({ name: 'StoreError', kind: 'full' });
    expect(database.problem()).toMatch(/No space left|could not extend/);
    expect(await store.count('root/test', ['Disk'])).toEqual([written]);
    expect((await store.get(path('Disk', `${written}`)))?.getString('Id')).toBe(`${written}`);
    execFileSync('mount', ['-o', 'remount,size=16m', disk]);
    await put(written + 1);
    expect(database.problem()).toBeUndefined();
    expect(await store.all()).toHaveLength(written + 1);
  });
});
