import type { Cancellation } from '../cim/contracts/cancellation.js';
import { LongWork } from '../cim/long-work.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { isLarge } from '../wscim/encode-value.js';

/**
 * The markup of some values: nearly always it is little, and written at once; else in slices, between which others are answered. Both
 * ways come to the same.
 */
export function encodeInSlices<T>(
  values: Iterable<CimValue>,
  cancellation: Cancellation,
  atOnce: () => T,
  inSteps: () => Generator<void, T, void>,
): T | Promise<T> {
  for (const value of values) if (isLarge(value)) return new LongWork(cancellation).finish(inSteps());
  return atOnce();
}
