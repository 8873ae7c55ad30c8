import { afterAll, describe, expect, it, vi } from 'vitest';
import { ensureAccount } from '../../../src/auth/accounts/first-account.js';
import { sharedBook } from '../../../src/auth/accounts/shared-book.js';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';
import { DEFAULT_LOCK_OUT } from '../../../src/auth/lock-out/lock-out.js';
import type { Database } from '../../../src/store/postgres/database.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { quotedName } from '../../../src/store/postgres/quoted-name.js';
import { sharedCountsTable } from '../../../src/store/postgres/shared-counts-table.js';
import { createSignInPulse } from '../../../src/store/postgres/sign-in-pulse.js';
import { signInTables } from '../../../src/store/postgres/sign-in-tables.js';
import { testSharedCounts } from '../../auth/lock-out/shared-counts-contract.js';
import { sharedPostgres } from './shared-postgres.js';

const postgres = await sharedPostgres();
const opened: { close(): unknown }[] = [];
afterAll(() => Promise.all(opened.reverse().map((one) => one.close())));

/** The connections of two endpoints to one schema. */
async function connectTwo() {
  const url = postgres?.url() ?? '';
  const databases = [await openPostgresDatabase(url), await openPostgresDatabase(url)] as const;
  opened.push(...databases);
  return databases;
}

let connected: ReturnType<typeof connectTwo> | undefined;

/** Two endpoints, with nothing in their tables. */
async function openTables() {
  connected ??= connectTwo();
  const [first, second] = await connected;
  const schema = quotedName(first.address.schema);
  await first.query(`DELETE FROM ${schema}.shared_counts`);
  await first.query(`UPDATE ${schema}.accounts SET content = NULL, version = version + 1`);
  const both = { a: signInTables(first), b: signInTables(second), database: first, schema };
  opened.push(both.a, both.b);
  return both;
}

const cost = { N: 2, r: 1, p: 1 };

describe.skipIf(!postgres)('shared counts in PostgreSQL', () => {
  testSharedCounts(async () => {
    const { a, b } = await openTables();
    return { a: a.sharedCounts, b: b.sharedCounts };
  });

  it('are quiet while nothing is held against anybody, which is known without asking, and not when it is', async () => {
    const { a, b } = await openTables();
    await vi.waitFor(() => expect(a.sharedCounts.isQuiet()).toBe(true));
    await b.sharedCounts.fail({ pair: 'alice' }, DEFAULT_LOCK_OUT);
    await vi.waitFor(() => expect(a.sharedCounts.isQuiet()).toBe(false), { timeout: 5000, interval: 20 });
  });

  it('are bounded, however many names are tried', async () => {
    const { database, schema } = await openTables();
    const counts = sharedCountsTable(database, schema, createSignInPulse(database, schema), 100);
    for (let i = 0; i < 500; i += 50)
      await Promise.all(Array.from({ length: 50 }, (_, j) => counts.fail({ pair: `pair ${i + j}` }, DEFAULT_LOCK_OUT)));
    expect(await rowsOf(database)).toBe(100);
  });
});

async function rowsOf(database: Database): Promise<number> {
  const [[rows] = []] = await database.query(
    `SELECT count(*) FROM ${quotedName(database.address.schema)}.shared_counts`,
  );
  return Number(rows);
}

describe.skipIf(!postgres)('accounts in PostgreSQL', () => {
  async function openStores() {
    const { a, b } = await openTables();
    const options = { cost, ntHashes: true, watch: { onProblem: () => {} } };
    const open = async ({ accounts }: typeof a) => {
      const store = await openUserStore({ ...options, book: sharedBook(accounts) });
      opened.push(store);
      return store;
    };
    return { a: await open(a), b: await open(b) };
  }

  it('are those of all endpoints within a second: added, given another password, removed', async () => {
    const { a, b } = await openStores();
    await a.add('alice', 'secret');
    await vi.waitFor(() => expect(b.ntHashOf('alice').user).toBe('alice'), { timeout: 5000, interval: 20 });
    expect(await b.verify('alice', 'secret')).toBe('alice');
    const account = b.accountOf('alice');
    await a.add('alice', 'other');
    await vi.waitFor(() => expect(account?.revoked).toBe(true), { timeout: 5000, interval: 20 });
    expect(await b.verify('alice', 'secret')).toBeUndefined();
    await a.remove('alice');
    await vi.waitFor(() => expect(b.list()).toEqual([]), { timeout: 5000, interval: 20 });
  });

  it('have one first account when two endpoints start at once', async () => {
    const { a, b } = await openStores();
    const told = await Promise.all([ensureAccount(a), ensureAccount(b)]);
    expect(told.flatMap(({ password }) => password ?? [])).toHaveLength(1);
  });
});
