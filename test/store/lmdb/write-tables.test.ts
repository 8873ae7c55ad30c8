import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DATA_FILE } from '../../../src/store/lmdb/migrate-state.js';
import { readPresent, writePresent } from '../../../src/store/lmdb/store-facts.js';
import type { Tables } from '../../../src/store/lmdb/tables.js';
import { createWriteTables } from '../../../src/store/lmdb/write-tables.js';
import { PACES } from './disk-paces.mjs';
import { openTestTables, testFolder } from './test-tables.js';

const pace = PACES['this thread'];
const present = { version: 1, sequence: 0, cleared: 0 };

it('waits for the disk by what LMDB has open where the file cannot be opened any more', async () => {
  const directory = testFolder();
  const { tables, write } = await openTestTables(directory, { pace });
  rmSync(join(directory, DATA_FILE));
  await write(() => writePresent(tables, present));
  expect(readPresent(tables)).toEqual(present);
});

it('opens the tables again when they want to be', async () => {
  const directory = testFolder();
  const { tables: whole } = await openTestTables(directory, { pace });
  const fails = (message: string, code?: number) => () => {
    throw Object.assign(new Error(message), code !== undefined && { code });
  };
  // As LMDB after it could not write the page that says that a commit is there.
  const environment = Object.assign(Object.create(whole.environment), {
    childTransaction: async () => fails('Input/output error', 5)(),
    close: async () => undefined,
  });
  const facts = Object.assign(Object.create(whole.facts), { get: fails('MDB_PANIC: environment had fatal error') });
  const tables: Tables = { ...whole, environment, facts };
  const { write } = createWriteTables(tables, join(directory, DATA_FILE), { reopen: () => whole, pace });
  await expect(write(() => writePresent(tables, present))).rejects.toMatchObject({ kind: 'failed' });
  await write(() => writePresent(tables, present));
  expect(readPresent(whole)).toEqual(present);
});
