import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_LOCK_OUT } from '../../../src/auth/lock-out/lock-out.js';
import { openContextTables } from '../../../src/store/lmdb/context-tables.js';
import { createLmdbSharedCounts } from '../../../src/store/lmdb/lmdb-shared-counts.js';
import { loadLmdb } from '../../../src/store/lmdb/load-lmdb.js';
import { FIRST_KEY } from '../../../src/store/lmdb/table-keys.js';
import { testSharedCounts } from '../../auth/lock-out/shared-counts-contract.js';

async function openTables() {
  const directory = mkdtempSync(join(tmpdir(), 'cimulator-counts-'));
  const lmdb = await loadLmdb();
  const tables = openContextTables(lmdb, join(directory, 'contexts.mdb'));
  onTestFinished(async () => {
    await tables.environment.close();
    rmSync(directory, { recursive: true });
  });
  return tables;
}

describe('shared counts in LMDB', () => {
  // Two of one process have one environment: LMDB keeps its locks by process.
  testSharedCounts(async () => {
    const tables = await openTables();
    return { a: createLmdbSharedCounts(tables), b: createLmdbSharedCounts(tables) };
  });

  it('are bounded, however many names are tried', async () => {
    const tables = await openTables();
    const counts = createLmdbSharedCounts(tables, { now: () => 1000, mostRows: 200 });
    for (let i = 0; i < 150; i++) await counts.fail({ pair: `pair ${i}`, address: `address ${i}` }, DEFAULT_LOCK_OUT);
    expect([...tables.counts.getKeys({ start: FIRST_KEY })].length).toBeLessThanOrEqual(210);
    // Those of addresses, which end first, have made room.
    expect((await counts.begin({ pair: 'pair 0', address: '' }, DEFAULT_LOCK_OUT)).failures).toBe(2);
  });

  it('are quiet again when nothing is held against anybody', async () => {
    const counts = createLmdbSharedCounts(await openTables());
    expect(counts.isQuiet()).toBe(true);
    await counts.fail({ pair: 'alice' }, DEFAULT_LOCK_OUT);
    expect(counts.isQuiet()).toBe(false);
    await counts.forget('alice');
    expect(counts.isQuiet()).toBe(true);
  });
});
