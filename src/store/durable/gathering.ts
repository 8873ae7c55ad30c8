/** The greatest part of the time of an append that the next one waits for more, and the longest wait in milliseconds. */
const PART = 0.5;
const MOST_MS = 4;
/** A group of less than this part of all is too small for a write of its own that another one could take along. */
const FEW_PART = 5;
/** How much the last time counts beside those before. */
const NEWEST = 1 / 8;
/** An append beside which others are made takes longer by the processor that they take; so much longer is not that alone. */
const MUCH_LONGER = 2;
/** Who asks again after so long, in milliseconds, was busy otherwise. */
const LONG_MS = 16;
/** Groups after which all go together again, by which it is seen anew what takes how long. */
const LOOK_AGAIN = 500;

/**
 * How long a group of commits waits for others. Those who were answered together ask again at nearly the same time; a group that began
 * at once with the first of them would leave the others to the next, and each would wait for two disk writes. So it waits until as
 * many are there as were under way together before, and never long beside what the write itself takes. One client alone waits for
 * nobody.
 *
 * Where a write takes less than to make all of them, half of them are enough: the processor makes the other half meanwhile, which it
 * would have been idle for otherwise. Each half waits for the write of the other, so that this is worse where writes are slow.
 */
export class Gathering {
  readonly #now: () => number;
  #expected = 0;
  #appendMs = 0;
  #end = Number.NEGATIVE_INFINITY;
  #arrived: (() => void) | undefined;
  /** Of an append, and of making one commit, while all go together. */
  #usualMs = 0;
  #makeMs = 0;
  /** Groups that have gone by halves since all went together; undefined while they do. */
  #halves: number | undefined;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** So many are enough to go. */
  get #enough(): number {
    return this.#halves === undefined ? this.#expected : Math.ceil(this.#expected / 2);
  }

  /** An append begins. @returns when, for {@link appended} */
  leaving(count: number): number {
    const now = this.#now();
    const makingMs = now - this.#end;
    // Most of those that were answered together, who came again at once.
    const isTold = this.#halves === undefined && count * 2 > this.#expected && makingMs < LONG_MS;
    if (isTold) this.#makeMs = smooth(this.#makeMs, makingMs / count);
    return now;
  }

  /**
   * An append has come to its end.
   *
   * @param together commits that were under way then, those that were appended among them
   */
  appended(together: number, start: number): void {
    this.#end = this.#now();
    this.#appendMs = this.#end - start;
    this.#expected = together;
    const makingAll = together * this.#makeMs;
    if (this.#halves === undefined) {
      this.#usualMs = smooth(this.#usualMs, this.#appendMs);
      if (this.#usualMs < makingAll) this.#halves = 0;
      return;
    }
    this.#halves += 1;
    this.#usualMs = smooth(this.#usualMs, this.#appendMs);
    if (this.#usualMs > MUCH_LONGER * makingAll || this.#halves >= LOOK_AGAIN) this.#halves = undefined;
  }

  /** One more commit waits. */
  arrived(waiting: number): void {
    if (waiting >= this.#enough) this.#arrived?.();
  }

  /** Whether so many are enough to go on their own, where nobody loses by it but the processor. */
  isWorthIt(waiting: number): boolean {
    return waiting > 0 && waiting * FEW_PART >= this.#expected;
  }

  /** Waits for more; undefined: there is nobody to wait for. */
  wait(waiting: number): Promise<void> | undefined {
    const isOver = this.#now() - this.#end > this.#appendMs;
    if (isOver || waiting >= this.#enough) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(done, Math.min(MOST_MS, this.#appendMs * PART));
      const gathering = this;
      function done() {
        clearTimeout(timer);
        gathering.#arrived = undefined;
        resolve();
      }
      this.#arrived = done;
    });
  }
}

function smooth(before: number, last: number): number {
  return before === 0 ? last : before + (last - before) * NEWEST;
}
