import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContextStore } from '../../../src/cim/contracts/context-store.js';
import type { Database } from '../../../src/store/postgres/database.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { createPostgresContextStore } from '../../../src/store/postgres/postgres-context-store.js';
import { quotedName } from '../../../src/store/postgres/quoted-name.js';
import { describeContextStore, type TimedContextStore } from '../context-contract.js';
import { sharedPostgres } from './shared-postgres.js';

const postgres = await sharedPostgres();

describe.skipIf(!postgres)('the context store in PostgreSQL', () => {
  const databases: Database[] = [];
  const first = () => {
    const [database] = databases;
    if (!database) throw new Error('none was opened');
    return database;
  };
  beforeAll(async () => {
    const url = postgres?.url() ?? '';
    databases.push(await openPostgresDatabase(url), await openPostgresDatabase(url));
  });
  afterAll(() => Promise.all(databases.map((database) => database.close())));

  async function emptyStore(): Promise<TimedContextStore> {
    const store = createPostgresContextStore(first());
    await store.clear();
    // Its clock is the database's: time passes as all ends come nearer.
    const pass = async (time: number) => {
      const table = `${quotedName(first().address.schema)}.contexts`;
      await first().query(`UPDATE ${table} SET ends = ends - ${time} * interval '1 millisecond'`);
    };
    return { store, pass };
  }

  describeContextStore('by itself', emptyStore);

  describe('of two endpoints', () => {
    const LONG = { lifetime: 3_600_000, atMost: 1000 };
    const record = { kind: 'enumeration', owner: 'ann', state: '0' } as const;
    async function two(): Promise<readonly [ContextStore, ContextStore]> {
      const { store } = await emptyStore();
      return [store, createPostgresContextStore(databases[1] ?? first())];
    }

    it('goes on at one with what was begun at the other', async () => {
      const [one, other] = await two();
      await one.add('a', record, { ...LONG, parts: ["a 'quoted' \\ part", 'with \u0000, \u0001 and \ud800'] });
      expect(await other.get('a')).toMatchObject(record);
      expect([await other.getPart('a', 0), await other.getPart('a', 1)]).toEqual([
        "a 'quoted' \\ part",
        'with \u0000, \u0001 and \ud800',
      ]);
      expect(await other.replace('a', '0', '1')).toBe(true);
      expect(await one.delete('a', '0')).toBe(false);
      expect(await one.delete('a', '1')).toBe(true);
    });

    it('has one bound, however many add at both at once', async () => {
      const stores = await two();
      const room = { ofOwner: 1_000_000, ofAll: 1_000_000 };
      const adding = Array.from({ length: 60 }, (_, index) =>
        stores[index % 2 === 0 ? 0 : 1].add(`c${index}`, record, { ...LONG, atMost: 7, room }),
      );
      expect((await Promise.all(adding)).filter(Boolean)).toHaveLength(7);
      expect(await stores[0].count('enumeration', 'ann')).toBe(7);
    });

    it('lets one of those who go on from the same state succeed', async () => {
      const stores = await two();
      await stores[0].add('a', record, LONG);
      const replaced = await Promise.all(
        Array.from({ length: 10 }, (_, index) => stores[index % 2 === 0 ? 0 : 1].replace('a', '0', `${index + 1}`)),
      );
      expect(replaced.filter(Boolean)).toHaveLength(1);
    });
  });
});
