import { setImmediate } from 'node:timers/promises';

/** The greatest part of the time of an append that the next one waits for more, and the longest wait in milliseconds. */
const PART = 0.5;
const MOST_MS = 4;
/** Timers take no less. */
const LEAST_TIMER_MS = 1;
/** A group of less than this part of all is too small for a write of its own that another one could take along. */
const FEW_PART = 5;

/**
 * How long a group of commits waits for others. Those who were answered together ask again at nearly the same time; a group that began
 * at once with the first of them would leave the others to the next, and each would wait for two disk writes. So it waits until as
 * many are there as were under way together before, and never long beside what the write itself takes. One client alone waits for
 * nobody.
 */
export class Gathering {
  #expected = 0;
  #appendMs = 0;
  #end = Number.NEGATIVE_INFINITY;
  #arrived: (() => void) | undefined;

  /**
   * An append has come to its end.
   *
   * @param together commits that were under way then, those that were appended among them
   */
  appended(together: number, start: number): void {
    this.#end = performance.now();
    this.#appendMs = this.#end - start;
    this.#expected = together;
  }

  /** One more commit waits. */
  arrived(waiting: number): void {
    if (waiting >= this.#expected) this.#arrived?.();
  }

  /** Whether so many are enough to go on their own, where nobody loses by it but the processor. */
  isWorthIt(waiting: number): boolean {
    return waiting > 0 && waiting * FEW_PART >= this.#expected;
  }

  /**
   * Waits for more; undefined: there is nobody to wait for.
   *
   * @param waiting how many wait by now
   */
  wait(waiting: () => number): Promise<void> | undefined {
    const isOver = performance.now() - this.#end > Math.max(this.#appendMs, MOST_MS);
    if (isOver || waiting() >= this.#expected) return undefined;
    const most = Math.min(MOST_MS, this.#appendMs * PART);
    return most < LEAST_TIMER_MS ? this.#waitForLull(waiting, most) : this.#waitAtMost(most);
  }

  #waitAtMost(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      const gathering = this;
      function done() {
        clearTimeout(timer);
        gathering.#arrived = undefined;
        resolve();
      }
      this.#arrived = done;
    });
  }

  /** Turn by turn of the event loop, as long as one comes after the other. */
  async #waitForLull(waiting: () => number, milliseconds: number): Promise<void> {
    const start = performance.now();
    let [seen, last] = [waiting(), start];
    for (let now = start; seen < this.#expected && now - last < milliseconds && now - start < MOST_MS; ) {
      await setImmediate();
      now = performance.now();
      if (waiting() > seen) [seen, last] = [waiting(), now];
    }
  }
}
