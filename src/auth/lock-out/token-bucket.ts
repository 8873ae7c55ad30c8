/** A supply that is used up by the piece and comes back with time. */
export interface TokenBucket {
  /** Whether there is at least one left; it stays there. */
  has(): boolean;
  /** Takes one, if there is one. */
  take(): boolean;
  /** No more than so many are left. */
  leave(most: number): void;
}

/**
 * @param capacity how many there are at the beginning, and never more
 * @param refillMs how long one takes to come back
 * @param now a clock in milliseconds that does not jump
 */
export function createTokenBucket(capacity: number, refillMs: number, now: () => number): TokenBucket {
  let tokens = capacity;
  let at = now();

  function refill(): void {
    const time = now();
    tokens = Math.min(capacity, tokens + (time - at) / refillMs);
    at = time;
  }

  return {
    has() {
      refill();
      return tokens >= 1;
    },
    take() {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    leave(most) {
      refill();
      tokens = Math.min(tokens, most);
    },
  };
}
