import { expect, test } from 'vitest';
import type { Logger } from '../../src/http/logger.js';
import { createSparseLog } from '../../src/http/sparse-log.js';

test('a line of a kind is written every ten seconds, and says how many were left out', () => {
  const lines: unknown[][] = [];
  let now = 0;
  const logger = { warn: (...line: unknown[]) => lines.push(line) } as unknown as Logger;
  const log = createSparseLog(logger, () => now);
  log.warn('a', { n: 1 }, 'first');
  log.warn('a', { n: 2 }, 'left out');
  log.warn('b', { n: 3 }, 'another kind');
  now = 10_000;
  log.warn('a', { n: 4 }, 'second');
  now = 20_000;
  log.warn('a', { n: 5 }, 'third');
  expect(lines).toEqual([
    [{ n: 1 }, 'first'],
    [{ n: 3 }, 'another kind'],
    [{ n: 4, leftOut: 1 }, 'second'],
    [{ n: 5 }, 'third'],
  ]);
});
