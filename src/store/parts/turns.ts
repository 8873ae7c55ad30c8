/** One transaction's claim to the turn. Made by the transaction, kept by {@link Turns}. */
export class Turn {
  /** The transaction keeps the turn until it ends, whatever it waits for. */
  isKept = false;
  /** Set by {@link Turns}: nobody waits for this turn any more. */
  isOver = false;
  /** While it stands in the queue. */
  waiting: Promise<void> | undefined;
  grant: (() => void) | undefined;
}

/**
 * Who may commit: one transaction at a time, in the order of asking.
 *
 * Whoever has the turn while others wait loses it once the event loop comes round: a transaction that waits only for the
 * store is through by then, so what lasts longer waits for something outside, and may do so for ever. While nobody waits,
 * nobody loses anything and nothing is planned.
 */
export class Turns {
  #holder: Turn | undefined;
  readonly #waiting: Turn[] = [];
  #isPlanned = false;

  /** Takes the turn when nobody has it; true when the transaction has it now. */
  tryTake(turn: Turn): boolean {
    this.#holder ??= turn;
    return this.#holder === turn;
  }

  /** Waits for the turn. */
  take(turn: Turn): Promise<void> {
    if (this.tryTake(turn) || !this.#holder) return Promise.resolve();
    turn.waiting ??= new Promise((resolve) => {
      turn.grant = resolve;
      this.#waiting.push(turn);
    });
    this.#plan(this.#holder);
    return turn.waiting;
  }

  /** The transaction does not keep the turn any more: it loses it as others do. */
  loosen(turn: Turn): void {
    turn.isKept = false;
    if (this.#holder === turn && this.#waiting.length > 0) this.#plan(turn);
  }

  /** The transaction has ended: the turn is the next one's. */
  end(turn: Turn): void {
    turn.isOver = true;
    if (this.#holder === turn) this.#pass();
  }

  #pass(): void {
    let next = this.#waiting.shift();
    while (next?.isOver) {
      next.grant?.();
      next = this.#waiting.shift();
    }
    this.#holder = next;
    if (!next) return;
    next.waiting = undefined;
    next.grant?.();
    if (this.#waiting.length > 0) this.#plan(next);
  }

  /** Once in a round of the event loop, for whoever has the turn then. */
  #plan(holder: Turn): void {
    if (this.#isPlanned || holder.isKept) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      if (this.#waiting.length === 0 || this.#holder === undefined) return;
      if (this.#holder !== holder) this.#plan(this.#holder);
      else if (!holder.isKept) this.#pass();
    });
  }
}
