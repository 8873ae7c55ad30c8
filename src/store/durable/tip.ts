import type { ChangeSet } from './change-set.js';
import type { TrackedReads } from './tracked-reads.js';

/** Sets of changes that are kept at most, and changes in all of them together. */
const MAX_SETS = 2048;
const MAX_CHANGES = 65_536;
/** So many that nobody needs are kept: they go together. */
const FEW_SETS = 64;
const FEW_CHANGES = 512;

/** Everything that changed what transactions see, in order: what others committed, what is on its way, and what came to nothing. */
export class Tip {
  #sets: ChangeSet[] = [];
  #first = 0;
  #changes = 0;
  /** Number of the last one that is not kept and came to nothing. */
  #lastUndone = -1;

  /** How many there have been. */
  get count(): number {
    return this.#first + this.#sets.length;
  }

  add(set: ChangeSet): void {
    this.#sets.push(set);
    this.#changes += set.changes.length;
    if (this.#sets.length > MAX_SETS || this.#changes > MAX_CHANGES) this.#drop(Math.ceil(this.#sets.length / 2));
  }

  /** Nobody will ask for what came before there had been `count` of them. */
  trim(count: number): void {
    const number = count - this.#first;
    if (number > FEW_SETS || (number > 0 && this.#changes > FEW_CHANGES)) this.#drop(number);
  }

  #drop(number: number): void {
    for (const [at, set] of this.#sets.splice(0, number).entries()) {
      this.#changes -= set.changes.length;
      if (set.isUndone) this.#lastUndone = this.#first + at;
    }
    this.#first += number;
  }

  /** Whether something that was read is otherwise since there had been `from` of them; so it is when that is not known any more. */
  isTouched(reads: TrackedReads, from: number): boolean {
    if (reads.isEmpty) return false;
    if (from < this.#first) return true;
    for (let at = from - this.#first; at < this.#sets.length; at += 1) {
      const set = this.#sets[at];
      if (set && reads.isTouchedBy(set)) return true;
    }
    return false;
  }

  /** Whether something that was read has come to nothing since. */
  isUndone(reads: TrackedReads, from: number): boolean {
    if (reads.isEmpty) return false;
    if (from <= this.#lastUndone) return true;
    for (let at = Math.max(0, from - this.#first); at < this.#sets.length; at += 1) {
      const set = this.#sets[at];
      if (set?.isUndone && reads.isTouchedBy(set)) return true;
    }
    return false;
  }
}
