/** Who lived for as long has not ended at once. */
const LONG_LIFE_MS = 10_000;
const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** How long to wait before a worker's place is filled again. */
export interface RestartDelay {
  /** @param livedMs how long it was there @returns milliseconds: none, and more each time when it ends at once again and again */
  next(livedMs: number): number;
}

export function createRestartDelay(): RestartDelay {
  let quick = 0;
  return {
    next(livedMs) {
      quick = livedMs >= LONG_LIFE_MS ? 0 : quick + 1;
      return quick <= 1 ? 0 : Math.min(FIRST_MS * 2 ** (quick - 2), LONGEST_MS);
    },
  };
}
