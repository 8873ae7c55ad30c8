import type { ContextKind, ContextRecord } from '../../cim/contracts/context-store.js';

/** How many records there are, and the bytes that they take. */
export interface ContextSum {
  readonly records: number;
  readonly bytes: number;
}

const NOTHING: ContextSum = { records: 0, bytes: 0 };

/** Counts records by kind and owner. */
export class ContextCounts {
  readonly #kinds = new Map<ContextKind, Map<string, ContextSum>>();
  readonly #totals = new Map<ContextKind, ContextSum>();

  add(record: ContextRecord, bytes: number): void {
    this.#change(record, 1, bytes);
  }

  remove(record: ContextRecord, bytes: number): void {
    this.#change(record, -1, -bytes);
  }

  clear(): void {
    this.#kinds.clear();
    this.#totals.clear();
  }

  get(kind: ContextKind, owner?: string): ContextSum {
    return (owner === undefined ? this.#totals.get(kind) : this.#kinds.get(kind)?.get(owner)) ?? NOTHING;
  }

  #change({ kind, owner }: ContextRecord, by: 1 | -1, bytes: number): void {
    this.#totals.set(kind, changed(this.#totals.get(kind), by, bytes));
    const owners = this.#kinds.get(kind) ?? new Map<string, ContextSum>();
    this.#kinds.set(kind, owners);
    const sum = changed(owners.get(owner), by, bytes);
    // An owner without records takes no room.
    if (sum.records > 0) owners.set(owner, sum);
    else owners.delete(owner);
  }
}

function changed({ records, bytes } = NOTHING, by: number, moreBytes: number): ContextSum {
  return { records: records + by, bytes: bytes + moreBytes };
}
