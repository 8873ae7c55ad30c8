import type { CountLimits } from '../../cim/contracts/shared-counts.js';
import { delayAfter } from './delay-after.js';

/** What is counted under one key of shared counts. Times on the store's clock, in milliseconds. */
export interface CountRow {
  /** Wrong passwords. */
  readonly count: number;
  /** Of a pair: nothing is checked until then. Of an address: everything is made up for then. */
  readonly until: number;
  /** It is forgotten then. */
  readonly ends: number;
}

/** Keys that a store keeps: those that would be forgotten next make room. */
export const MOST_ROWS = 20_000;

/** Wrong passwords that an address may owe, as a multiple of what it may have at once: what several endpoints checked at one moment. */
const MOST_OWED = 10;

/** For so long an address owes at most, in milliseconds. */
export function mostOwedMs({ addressFailures, addressRefillMs }: CountLimits): number {
  return MOST_OWED * Math.max(addressFailures, 1) * addressRefillMs;
}

/** A wrong password of a pair. */
export function failedOnce(row: CountRow | undefined, limits: CountLimits, now: number): CountRow {
  const count = (row?.count ?? 0) + 1;
  const delay = delayAfter(count, limits);
  return { count, until: now + delay, ends: now + Math.max(delay, limits.forgetAfterMs) };
}

/** One less, and no delay: what was counted ahead came to nothing. Undefined: nothing is left. */
export function releasedOnce(row: CountRow, now: number): CountRow | undefined {
  return row.count <= 1 ? undefined : { ...row, count: row.count - 1, until: now };
}

/** A wrong password of an address: each takes the time to be made up for, one after the other. */
export function owedOnce(row: CountRow | undefined, limits: CountLimits, now: number): CountRow {
  const until = Math.min(Math.max(row?.until ?? 0, now) + limits.addressRefillMs, now + mostOwedMs(limits));
  return { count: (row?.count ?? 0) + 1, until, ends: until };
}

/** @returns how many wrong passwords of the address are not made up for */
export function owedOf(
  row: Pick<CountRow, 'until'> | undefined,
  { addressRefillMs }: CountLimits,
  now: number,
): number {
  return row === undefined || addressRefillMs === 0 ? 0 : Math.max(0, row.until - now) / addressRefillMs;
}
