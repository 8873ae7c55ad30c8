import type { Cancellation } from '../../cim/contracts/cancellation.js';

/** setTimeout takes no longer times. */
const MAX_MS = 2 ** 31 - 1;

/** The waits that rules want; they end when the endpoint closes. */
export class Waits {
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  /**
   * @param ms times too long for a timer are as long as one can be (24 days)
   * @throws the reason of a cancellation, as soon as there is one
   */
  async wait(ms: number, cancellations: readonly Cancellation[]): Promise<void> {
    if (this.#isClosed) return;
    let timer: NodeJS.Timeout | undefined;
    let wake: (() => void) | undefined;
    const pause = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(ms, MAX_MS));
      wake = resolve;
      this.#waiting.add(resolve);
    });
    try {
      await cancellations.reduce((work, cancellation) => cancellation.race(work), pause);
    } finally {
      clearTimeout(timer);
      if (wake) this.#waiting.delete(wake);
    }
  }

  /** Ends all waits, and those to come. */
  close(): void {
    this.#isClosed = true;
    for (const wake of this.#waiting) wake();
  }
}
