import { onTestFinished } from 'vitest';
import { openLmdbState } from '../../../src/store/lmdb/open-lmdb-state.js';
import { describeInstanceStore } from '../contract.js';
import { testFolder } from './test-tables.js';

const logger = { warn: () => {} };

describeInstanceStore('a state in a folder', () => openStore(false));
describeInstanceStore('a state in a folder that others may have open', () => openStore(true));

async function openStore(isShared: boolean) {
  const state = await openLmdbState({ directory: testFolder(), logger, isShared });
  onTestFinished(() => state.close());
  return state.store;
}
