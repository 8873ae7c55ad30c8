/** Turns of the event loop that pass at most. */
const MAX_TURNS = 16;
/** Nor does a request wait longer than this for others, in milliseconds, where turns are long. */
const MAX_WAIT_MS = 5;

/**
 * Resolves at the end of a turn of the event loop in which nobody connected, as long as that comes soon.
 *
 * The loop takes one connection in each turn and reads its request in the next, so requests that come on connections of their own would
 * never be together at the {@link endOfTurn end of a turn}, and each would find its code gone from the processor's caches: with 16
 * connections that cost half of a method call (docs/performance.md). On kept connections nobody connects, and nothing is waited for.
 */
export function endOfArrivals(): Promise<void> {
  current ??= new Promise((resolve) => {
    const latest = performance.now() + MAX_WAIT_MS;
    let turns = 0;
    function endTurn(): void {
      turns++;
      if (hasArrived && turns < MAX_TURNS && performance.now() < latest) {
        hasArrived = false;
        setImmediate(endTurn);
        return;
      }
      current = undefined;
      resolve();
    }
    setImmediate(endTurn);
  });
  return current;
}

/** Somebody has connected in this turn. */
export function noteArrival(): void {
  hasArrived = true;
}

/** Shared by all who wait. */
let current: Promise<void> | undefined;

let hasArrived = false;
