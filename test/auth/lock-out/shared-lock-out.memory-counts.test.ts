import { describe } from 'vitest';
import { createMemoryCounts } from './memory-counts.js';
import { testSharedCounts } from './shared-counts-contract.js';

describe('shared counts in memory, for tests', () => {
  testSharedCounts(async () => {
    const counts = createMemoryCounts(() => performance.now());
    return { a: counts, b: counts };
  });
});
