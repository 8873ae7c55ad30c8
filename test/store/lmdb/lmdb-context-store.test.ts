import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openContextTables } from '../../../src/store/lmdb/context-tables.js';
import { createLmdbContextStore, machineTime } from '../../../src/store/lmdb/lmdb-context-store.js';
import { loadLmdb } from '../../../src/store/lmdb/load-lmdb.js';
import { describeContextStore } from '../context-contract.js';

describeContextStore('createLmdbContextStore', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cimulator-contexts-'));
  const tables = openContextTables(await loadLmdb(), join(directory, 'contexts.mdb'));
  onTestFinished(async () => {
    await tables.environment.close();
    rmSync(directory, { recursive: true });
  });
  let passed = 0;
  const store = createLmdbContextStore(tables, () => machineTime() + passed);
  return {
    store,
    pass: (time) => {
      passed += time;
    },
  };
});
