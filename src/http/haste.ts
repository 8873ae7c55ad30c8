/** setTimeout takes no longer times, and would wait for no time at all. */
const MAX_PAUSE_MS = 2 ** 31 - 1;

/** Waits that somebody wanted, and that end when the endpoint does. */
export class Haste {
  #isOn = false;
  readonly #waiting = new Set<() => void>();

  /** Ends all waits, and those to come. */
  begin(): void {
    this.#isOn = true;
    for (const wake of this.#waiting) wake();
  }

  /** Whether nothing is to be waited for any more. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /**
   * Resolves when the time is over, and before that when all waits end or the signal says that nobody cares any more.
   *
   * @param ms from 0; times too long for a timer are as long as one can be (24 days)
   */
  pause(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0 || this.#isOn || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(ms, MAX_PAUSE_MS));
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }
}
