import type { ChangeSet, TrackedRead } from './change-set.js';

/** Sets of changes that are kept, and changes in all of them together. */
const MAX_SETS = 2048;
const MAX_CHANGES = 65_536;

/** Everything that changed what transactions see, in order: what others committed, what is on its way, and what came to nothing. */
export class Tip {
  #sets: ChangeSet[] = [];
  #first = 0;
  #changes = 0;

  /** How many there have been. */
  get count(): number {
    return this.#first + this.#sets.length;
  }

  add(set: ChangeSet): void {
    this.#sets.push(set);
    this.#changes += set.changes.length;
    if (this.#sets.length <= MAX_SETS && this.#changes <= MAX_CHANGES) return;
    // The last one stays, however large.
    const gone = this.#sets.splice(0, Math.ceil(this.#sets.length / 2));
    this.#first += gone.length;
    for (const { changes } of gone) this.#changes -= changes.length;
  }

  /** Whether something that was read is otherwise since there had been `from` of them; so it is when that is not known any more. */
  isTouched(reads: readonly TrackedRead[], from: number): boolean {
    if (reads.length === 0) return false;
    if (from < this.#first) return true;
    for (let at = from - this.#first; at < this.#sets.length; at += 1) {
      const set = this.#sets[at];
      if (set && reads.some((read) => set.touches(read))) return true;
    }
    return false;
  }
}
