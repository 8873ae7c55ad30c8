import type { CountLimits } from '../../cim/contracts/shared-counts.js';

/** What wrong passwords for an account from an address cost, in milliseconds. */
export function delayAfter(failures: number, { freeFailures, firstDelayMs, longestDelayMs }: CountLimits): number {
  const over = failures - freeFailures;
  return over <= 0 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (over - 1));
}
