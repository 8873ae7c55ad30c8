import type { ContextRecord, ContextStore } from '../cim/context-store.js';

const SECOND_MS = 1000;

interface Row {
  readonly record: ContextRecord;
  readonly parts: readonly string[];
}

/**
 * A {@link ContextStore} in this process's memory. Records are kept by the second in which they expire, so that those
 * whose time is over go by the second, whenever the store is next used, and no row needs a timer.
 *
 * @param now the time in milliseconds since the epoch
 */
export function createMemoryContextStore(now: () => number = Date.now): ContextStore {
  const rows = new Map<string, Row>();
  const bySecond = new Map<number, Set<string>>();
  const counts = new Map<string, number>();
  /** Every record expires in this second or later. */
  let firstSecond = secondOf(now());

  function remove(id: string): void {
    const record = rows.get(id)?.record;
    if (!record) return;
    rows.delete(id);
    const second = secondOf(record.expires);
    const ids = bySecond.get(second);
    ids?.delete(id);
    if (ids?.size === 0) bySecond.delete(second);
    const left = (counts.get(record.owner) ?? 0) - 1;
    if (left > 0) counts.set(record.owner, left);
    else counts.delete(record.owner);
  }

  /** Removes the records of the seconds that are over, at no cost within one second. */
  function removeExpired(): void {
    const current = secondOf(now());
    for (const second of secondsBetween(firstSecond, current, bySecond)) {
      for (const id of bySecond.get(second) ?? []) remove(id);
    }
    firstSecond = Math.max(firstSecond, current);
  }

  function find(id: string): Row | undefined {
    removeExpired();
    const row = rows.get(id);
    return row && row.record.expires > now() ? row : undefined;
  }

  function put(id: string, row: Row): void {
    remove(id);
    const { owner, expires } = row.record;
    if (expires <= now()) return;
    rows.set(id, row);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
    const second = secondOf(expires);
    const ids = bySecond.get(second);
    if (ids) ids.add(id);
    else bySecond.set(second, new Set([id]));
  }

  return {
    async add(id, record, parts = []) {
      removeExpired();
      put(id, { record, parts });
    },
    async get(id) {
      return find(id)?.record;
    },
    async getPart(id, index) {
      return find(id)?.parts[index];
    },
    async replace(id, before, next) {
      const row = find(id);
      if (row?.record.state !== before.state) return false;
      put(id, { record: next, parts: row.parts });
      return true;
    },
    async delete(id, before) {
      if (find(id)?.record.state !== before.state) return false;
      remove(id);
      return true;
    },
    async count(owner) {
      removeExpired();
      return owner === undefined ? rows.size : (counts.get(owner) ?? 0);
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
