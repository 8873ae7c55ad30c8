import { expect, it } from 'vitest';
import { createRestartDelay } from '../../src/workers/restart-delay.js';

it('a place is filled at once, and later and later for what ends at once again and again', () => {
  const delay = createRestartDelay();
  expect(Array.from({ length: 11 }, () => delay.next(100))).toEqual([
    ...[0, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
  ]);
  expect([delay.next(10_000), delay.next(100), delay.next(100)]).toEqual([0, 0, 250]);
});
