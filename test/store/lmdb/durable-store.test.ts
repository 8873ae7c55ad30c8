import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { type OpenTables, openStateTables } from '../../../src/store/lmdb/state-tables.js';
import { fewRounds } from '../contract/rounds.js';
import { describeInstanceStore } from '../contract.js';

/** In memory, where there is such a place: thousands of commits are made here, and each would wait for the disk. */
const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const directory = mkdtempSync(join(parent, 'cimulator-lmdb-'));
let opened: OpenTables | undefined;

afterAll(async () => {
  await opened?.close();
  rmSync(directory, { recursive: true });
});

/** Hundreds of stores are made here, one after another: each begins with empty tables, and to open others takes long. */
describeInstanceStore(
  'a durable store on LMDB',
  async () => {
    opened ??= await openStateTables(directory);
    const { tables, write } = opened;
    await write(() => {
      for (const name of ['rows', 'paths', 'entries', 'counts', 'log', 'facts'] as const) tables[name].clearAsync();
    });
    return createDurableStore(openLmdbBackend({ tables, write }));
  },
  fewRounds,
);
