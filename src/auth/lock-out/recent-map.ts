import { bytesOfText, ENTRY_BYTES, leaveWith, type Memory, messageMemory } from '../../strings/message-memory.js';

/** A map of bounded size: what has not been touched for longest makes room. */
export interface RecentMap<K, V> {
  readonly size: number;
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

/** An object of a few numbers. */
const VALUE_BYTES = 128;

/**
 * It counts in the budget of what is remembered, but is not told to forget: what is held against somebody would go with it.
 *
 * @param bytesOf what a value takes in memory, which never changes
 */
export function createRecentMap<K extends string, V extends object>(
  capacity: number,
  bytesOf: (value: V) => number = () => VALUE_BYTES,
): RecentMap<K, V> {
  const memory = messageMemory.join();
  const map = new BudgetedMap<K, V>(capacity, bytesOf, memory);
  leaveWith(map, memory);
  return map;
}

class BudgetedMap<K extends string, V extends object> implements RecentMap<K, V> {
  // A Map keeps the order in which its keys came in.
  readonly #entries = new Map<K, V>();
  readonly #capacity: number;
  readonly #bytesOf: (value: V) => number;
  readonly #memory: Memory;

  constructor(capacity: number, bytesOf: (value: V) => number, memory: Memory) {
    this.#capacity = capacity;
    this.#bytesOf = bytesOf;
    this.#memory = memory;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.delete(key);
    if (this.#entries.size >= this.#capacity) this.#deleteOldest();
    const bytes = this.#bytesOfEntry(key, value);
    while (!this.#memory.take(bytes)) {
      if (this.#entries.size === 0) return;
      this.#deleteOldest();
    }
    this.#entries.set(key, value);
  }

  delete(key: K): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#memory.give(this.#bytesOfEntry(key, value));
  }

  #deleteOldest(): void {
    const oldest = this.#entries.keys().next();
    if (oldest.done === false) this.delete(oldest.value);
  }

  #bytesOfEntry(key: K, value: V): number {
    return ENTRY_BYTES + bytesOfText(key) + this.#bytesOf(value);
  }
}
