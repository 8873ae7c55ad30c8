import type { ContextKind, ContextRecord } from '../../cim/contracts/context-store.js';

/** Counts records by kind and owner. */
export class ContextCounts {
  readonly #kinds = new Map<ContextKind, Map<string, number>>();
  readonly #totals = new Map<ContextKind, number>();

  add(record: ContextRecord): void {
    this.#change(record, 1);
  }

  remove(record: ContextRecord): void {
    this.#change(record, -1);
  }

  get(kind: ContextKind, owner?: string): number {
    return (owner === undefined ? this.#totals.get(kind) : this.#kinds.get(kind)?.get(owner)) ?? 0;
  }

  #change({ kind, owner }: ContextRecord, by: 1 | -1): void {
    this.#totals.set(kind, (this.#totals.get(kind) ?? 0) + by);
    const owners = this.#kinds.get(kind) ?? new Map<string, number>();
    this.#kinds.set(kind, owners);
    const count = (owners.get(owner) ?? 0) + by;
    // An owner without records takes no room.
    if (count > 0) owners.set(owner, count);
    else owners.delete(owner);
  }
}
