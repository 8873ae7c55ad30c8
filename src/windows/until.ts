import { setTimeout as sleep } from 'node:timers/promises';

/** How long nobody looks at the clock, in milliseconds: it may be one that somebody sets forward. */
const LOOK_MS = 25;

/** Waits until the endpoint's clock shows a time. @throws the signal's reason */
export async function until(time: number, now: () => number, signal: AbortSignal): Promise<void> {
  for (let left = time - now(); left > 0; left = time - now()) {
    await sleep(Math.min(left, LOOK_MS), undefined, { signal, ref: false });
  }
}
