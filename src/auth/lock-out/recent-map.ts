import { bytesOfText, ENTRY_BYTES, leaveWith, messageMemory } from '../../strings/message-memory.js';

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
  // A Map keeps the order in which its keys came in.
  const entries = new Map<K, V>();
  const memory = messageMemory.join();

  const bytesOfEntry = (key: K, value: V): number => ENTRY_BYTES + bytesOfText(key) + bytesOf(value);

  function remove(key: K): void {
    const value = entries.get(key);
    if (value === undefined) return;
    entries.delete(key);
    memory.give(bytesOfEntry(key, value));
  }

  function removeOldest(): void {
    const oldest = entries.keys().next();
    if (oldest.done === false) remove(oldest.value);
  }

  const map: RecentMap<K, V> = {
    get size() {
      return entries.size;
    },
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      remove(key);
      if (entries.size >= capacity) removeOldest();
      const bytes = bytesOfEntry(key, value);
      while (!memory.take(bytes)) {
        if (entries.size === 0) return;
        removeOldest();
      }
      entries.set(key, value);
    },
    delete: remove,
  };
  leaveWith(map, memory);
  return map;
}
