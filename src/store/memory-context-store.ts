import type { ContextRecord, ContextStore } from '../cim/context-store.js';

const SECOND_MS = 1000;

/**
 * A {@link ContextStore} in this process's memory. Records are kept by the second in which they expire, so that those
 * whose time is over go by the second, whenever the store is next used, and no row needs a timer.
 *
 * @param now the time in milliseconds since the epoch
 */
export function createMemoryContextStore(now: () => number = Date.now): ContextStore {
  const records = new Map<string, ContextRecord>();
  const bySecond = new Map<number, Set<string>>();
  const counts = new Map<string, number>();
  /** Every record expires in this second or later. */
  let firstSecond = secondOf(now());

  function remove(id: string): boolean {
    const record = records.get(id);
    if (!record) return false;
    records.delete(id);
    const second = secondOf(record.expires);
    const ids = bySecond.get(second);
    ids?.delete(id);
    if (ids?.size === 0) bySecond.delete(second);
    const left = (counts.get(record.owner) ?? 0) - 1;
    if (left > 0) counts.set(record.owner, left);
    else counts.delete(record.owner);
    return true;
  }

  /** Removes the records of the seconds that are over, at no cost within one second. */
  function removeExpired(): void {
    const current = secondOf(now());
    for (const second of secondsBetween(firstSecond, current, bySecond)) {
      for (const id of bySecond.get(second) ?? []) remove(id);
    }
    firstSecond = Math.max(firstSecond, current);
  }

  function find(id: string): ContextRecord | undefined {
    const record = records.get(id);
    return record && record.expires > now() ? record : undefined;
  }

  return {
    async put(id, record) {
      removeExpired();
      remove(id);
      if (record.expires <= now()) return;
      records.set(id, record);
      counts.set(record.owner, (counts.get(record.owner) ?? 0) + 1);
      const second = secondOf(record.expires);
      const ids = bySecond.get(second);
      if (ids) ids.add(id);
      else bySecond.set(second, new Set([id]));
    },
    async get(id) {
      removeExpired();
      return find(id);
    },
    async delete(id) {
      removeExpired();
      const isThere = find(id) !== undefined;
      remove(id);
      return isThere;
    },
    async count(owner) {
      removeExpired();
      return owner === undefined ? records.size : (counts.get(owner) ?? 0);
    },
  };
}

function secondOf(time: number): number {
  return Math.floor(time / SECOND_MS);
}

/** From `first` up to, but without, `end`. After a long pause there are fewer seconds with records than have passed. */
function secondsBetween(first: number, end: number, bySecond: ReadonlyMap<number, unknown>): Iterable<number> {
  if (end - first > bySecond.size) return [...bySecond.keys()].filter((second) => second < end);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
