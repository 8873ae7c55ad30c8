import type { ContextRecord, ContextRoom, ContextStore } from '../../cim/contracts/context-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { bytesOfText } from '../../strings/message-memory.js';
import { bytesOfContext } from '../parts/context-bytes.js';
import { ContextCounts } from './context-counts.js';

const SECOND_MS = 1000;

interface Row {
  readonly record: ContextRecord;
  readonly parts: readonly string[];
  /** What record and parts take in memory. */
  readonly bytes: number;
  /** On the store's clock. */
  readonly end: number;
}

/**
 * A {@link ContextStore} in this process's memory. Rows are kept by the second in which they end, so that those whose
 * time is over go by the second, whenever the store is next used, and no row needs a timer.
 *
 * @param now milliseconds on a clock that only goes forward: a time of day, which somebody may set, is none
 */
export function createMemoryContextStore(now: () => number = () => performance.now()): ContextStore {
  const rows = new Map<string, Row>();
  const bySecond = new Map<number, Set<string>>();
  const counts = new ContextCounts();
  /** Every row ends in this second or later, even if the clock should go back. */
  let firstSecond = secondOf(now());
  let isClosed = false;

  function remove(id: string): void {
    const row = rows.get(id);
    if (!row) return;
    rows.delete(id);
    counts.remove(row.record, row.bytes);
    const second = secondOf(row.end);
    const ids = bySecond.get(second);
    ids?.delete(id);
    if (ids?.size === 0) bySecond.delete(second);
  }

  /** Comes before whatever is done: removes the rows of the seconds that are over, at no cost within one second. */
  function begin(): void {
    if (isClosed) throw new Error('the context store is closed');
    const current = secondOf(now());
    for (const second of secondsBetween(firstSecond, current, bySecond)) {
      for (const id of bySecond.get(second) ?? []) remove(id);
    }
    firstSecond = current;
  }

  function find(id: string): Row | undefined {
    begin();
    const row = rows.get(id);
    return row && row.end > now() ? row : undefined;
  }

  function put(id: string, row: Row): void {
    remove(id);
    if (row.end <= now()) return;
    rows.set(id, row);
    counts.add(row.record, row.bytes);
    const second = secondOf(row.end);
    firstSecond = Math.min(firstSecond, second);
    const ids = bySecond.get(second);
    if (ids) ids.add(id);
    else bySecond.set(second, new Set([id]));
  }

  /** @throws StoreError full when more bytes would pass the room */
  function checkRoom({ kind, owner }: ContextRecord, more: number, room: ContextRoom | undefined): void {
    if (room === undefined || more <= 0) return;
    const isFull = counts.get(kind, owner).bytes + more > room.ofOwner || counts.get(kind).bytes + more > room.ofAll;
    if (isFull) throw new StoreError('full', `${more} bytes more do not fit`);
  }

  return {
    // Nothing is waited for between counting and adding, here as in every other method.
    async add(id, record, { lifetime, atMost, room, parts = [] }) {
      if (find(id)) throw new RangeError('a context has the identifier already');
      if (counts.get(record.kind, record.owner).records >= atMost) return false;
      const bytes = bytesOfContext(record.state, parts);
      checkRoom(record, bytes, room);
      put(id, { record, parts, bytes, end: now() + lifetime });
      return true;
    },
    async get(id) {
      const row = find(id);
      return row && { ...row.record, remaining: row.end - now() };
    },
    async getPart(id, index) {
      return find(id)?.parts[index];
    },
    async replace(id, before, next, lifetime, room) {
      const row = find(id);
      if (row?.record.state !== before) return false;
      const { record, parts } = row;
      const more = bytesOfText(next) - bytesOfText(before);
      checkRoom(record, more, room);
      const end = lifetime === undefined ? row.end : now() + lifetime;
      put(id, { record: { ...record, state: next }, parts, bytes: row.bytes + more, end });
      return true;
    },
    async delete(id, before) {
      if (find(id)?.record.state !== before) return false;
      remove(id);
      return true;
    },
    async count(kind, owner) {
      begin();
      return counts.get(kind, owner).records;
    },
    async clear() {
      begin();
      rows.clear();
      bySecond.clear();
      counts.clear();
    },
    async close() {
      isClosed = true;
      rows.clear();
      bySecond.clear();
    },
  };
}

function secondOf(time: number): number {
  return Math.floor(time / SECOND_MS);
}

/** From `first` up to, but without, `end`. After a long pause there are fewer seconds with rows than have passed. */
function secondsBetween(first: number, end: number, bySecond: ReadonlyMap<number, unknown>): Iterable<number> {
  if (end - first > bySecond.size) return [...bySecond.keys()].filter((second) => second < end);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
