import type { ChangeSet, TrackedRead } from './change-set.js';

/** All that a transaction has read, to be checked against what changes. */
export class TrackedReads {
  readonly #paths = new Set<string>();
  readonly #others: TrackedRead[] = [];

  get isEmpty(): boolean {
    return this.#paths.size === 0 && this.#others.length === 0;
  }

  add(read: TrackedRead): void {
    if (read.kind === 'get') this.#paths.add(read.path);
    else this.#others.push(read);
  }

  /** Whether something of it is otherwise since these changes. */
  isTouchedBy(changes: ChangeSet): boolean {
    if (this.#paths.size > 0 && changes.touchesAny(this.#paths)) return true;
    return this.#others.length > 0 && this.#others.some((read) => changes.touches(read));
  }
}
