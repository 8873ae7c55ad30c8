import { existsSync } from 'node:fs';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import { openLmdbBackend } from '../../../src/store/lmdb/open-backend.js';
import { describeInstanceStore } from '../contract.js';
import { openTestTables, testFolder } from './test-tables.js';

/** In memory, where there is such a place: hundreds of stores are made here, and each would wait for the disk. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : undefined;

describeInstanceStore('a durable store on LMDB', async () =>
  createDurableStore(openLmdbBackend(await openTestTables(testFolder(memory)))),
);
