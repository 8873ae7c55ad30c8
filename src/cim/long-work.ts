import type { Cancellation } from './contracts/cancellation.js';

/** Milliseconds for which long work may keep everybody else waiting; all of it together, in one turn of the event loop. */
const SLICE_MS = 5;

/** Looking at the clock costs as much as judging a small item does, so it is done before every fourth one only. */
const ITEMS_BETWEEN_LOOKS = 3;

/** When the slice of this turn is over, by `performance.now()`; undefined as long as nothing long has run in it. */
let sliceEnd: number | undefined;

/** Work that goes on in later turns, one piece in each: whatever came between the turns has been answered before it. */
const waiting: (() => void)[] = [];

/**
 * Work whose length a client decides: a search, a walk along associations. It is done in slices of a few milliseconds, between
 * which others are answered, timers run, and the news that it is not wanted any more arrives. All such work shares the
 * slice of a turn, so that much of it at once keeps nobody waiting longer than one piece.
 */
export class LongWork {
  readonly #cancellation: Pick<Cancellation, 'throwIfAborted'>;
  #untilLook = ITEMS_BETWEEN_LOOKS;

  /** @param cancellation or a standard signal */
  constructor(cancellation: Pick<Cancellation, 'throwIfAborted'>) {
    this.#cancellation = cancellation;
  }

  /** To be asked before each item: true when it is time to {@link pause}. Short work is never told so. */
  isDue(): boolean {
    if (this.#untilLook > 0) {
      this.#untilLook -= 1;
      return false;
    }
    this.#untilLook = ITEMS_BETWEEN_LOOKS;
    return isSliceOver();
  }

  /** The same for an item that may take a millisecond by itself. */
  isDueNow(): boolean {
    return isSliceOver();
  }

  /**
   * Lets others go first.
   *
   * @throws the reason why the work is not wanted any more
   */
  async pause(): Promise<void> {
    this.#cancellation.throwIfAborted();
    if (sliceEnd === undefined) beginSlice(performance.now());
    await new Promise<void>((resolve) => waiting.push(resolve));
    this.#cancellation.throwIfAborted();
  }

  /** The items that are wanted, in their order. */
  async filter<T>(items: readonly T[], isWanted: (item: T) => Verdict): Promise<readonly T[]> {
    const wanted: T[] = [];
    for (const item of items) {
      if (this.isDue()) await this.pause();
      const verdict = isWanted(item);
      if (typeof verdict === 'boolean' ? verdict : await this.settle(verdict)) wanted.push(item);
    }
    return wanted;
  }

  /** Waits for what comes of a verdict that may take long. */
  async settle(verdict: Verdict): Promise<boolean> {
    return typeof verdict === 'boolean' ? verdict : this.finish(verdict);
  }

  /** Waits for what steps come to, none of which takes longer than a millisecond or two. */
  async finish<T>(steps: Generator<void, T, void>): Promise<T> {
    for (;;) {
      if (this.isDueNow()) await this.pause();
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** What becomes of each item, in their order. */
  async map<T, R>(items: readonly T[], convert: (item: T) => R): Promise<readonly R[]> {
    const converted: R[] = [];
    for (const item of items) {
      if (this.isDue()) await this.pause();
      converted.push(convert(item));
    }
    return converted;
  }
}

/** Yes or no, or the steps to it, none of which takes long. */
export type Verdict = boolean | Generator<void, boolean, void>;

function isSliceOver(): boolean {
  const now = performance.now();
  if (sliceEnd !== undefined) return now >= sliceEnd;
  beginSlice(now);
  return false;
}

function beginSlice(now: number): void {
  sliceEnd = now + SLICE_MS;
  setImmediate(endTurn);
}

/** Of those that wait, who has waited longest goes on in the turn that begins. */
function endTurn(): void {
  sliceEnd = undefined;
  const next = waiting.shift();
  if (next === undefined) return;
  // Whatever this one does, the others have their turn after it.
  beginSlice(performance.now());
  next();
}
