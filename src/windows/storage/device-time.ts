import type { MethodContext } from '../../cim/contracts/provider.js';
import { until } from '../until.js';

const GIBIBYTE = 1_073_741_824n;

/** Milliseconds that work on a drive takes: so many for each gibibyte of it, and a tenth of a second at least. */
export function workTime(bytes: bigint, millisecondsPerGibibyte: number): number {
  return Math.max(100, Number((bytes * BigInt(millisecondsPerGibibyte)) / GIBIBYTE));
}

/** What work on drives takes, in milliseconds for each gibibyte. */
export const WorkRate = { check: 1, analysis: 1, defragmentation: 2, format: 10, repair: 20, encryption: 10 } as const;

/** Waits, on the endpoint's clock, for what a method does before it answers. @throws the signal's reason */
export async function takeTime({ now, signal }: Pick<MethodContext, 'now' | 'signal'>, milliseconds: number) {
  await until(now() + milliseconds, now, signal);
}
