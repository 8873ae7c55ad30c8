import type { ContextKind, ContextRecord, ContextRoom, ContextStore } from '../../cim/contracts/context-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { bytesOfText } from '../../strings/message-memory.js';
import { bytesOfContext } from '../parts/context-bytes.js';
import type { ContextTables } from './context-tables.js';
import { storeErrorOf } from './lmdb-error.js';
import {
  contextKindPrefix,
  contextOwnerPrefix,
  contextPrefix,
  entryKey,
  FIRST_KEY,
  numberKey,
  textKey,
} from './table-keys.js';

const SECOND_MS = 1000;
/** What a transaction of one step needs: it is never undone, and nobody waits for the disk. */
const PLAIN_TRANSACTION = 0;

interface Row {
  readonly record: ContextRecord;
  readonly parts: number;
  readonly bytes: number;
  /** On the store's clock. */
  readonly end: number;
}

interface Sum {
  readonly records: number;
  readonly bytes: number;
}

/**
 * A {@link ContextStore} in an environment that several processes of one machine may have open. It survives all of them, not the
 * machine: nothing waits for the disk.
 *
 * @param now milliseconds on a clock of the machine, the same in all processes, that only goes forward
 */
export function createLmdbContextStore(tables: ContextTables, now: () => number = machineTime): ContextStore {
  const { environment, contexts, parts, ends, sums } = tables;
  let isClosed = false;

  /** What is read next is of now. */
  function begin(): void {
    if (isClosed) throw new Error('the context store is closed');
    environment.resetReadTxn();
  }

  /** One step, of all processes. */
  function change<T>(action: () => T): T {
    begin();
    try {
      return environment.transactionSync(() => {
        sweep();
        return action();
      }, PLAIN_TRANSACTION);
    } catch (error) {
      throw storeErrorOf(error as Error);
    }
  }

  /** Removes the rows of the seconds that are over, at no cost within one second. */
  function sweep(): void {
    const end = numberKey(secondOf(now()));
    const over = [...ends.getRange({ start: FIRST_KEY, end })];
    for (const { value } of over) remove(value);
  }

  function find(id: string): Row | undefined {
    const text = contexts.get(textKey(id));
    const row = text === undefined ? undefined : readContext(text);
    return row && row.end > now() ? row : undefined;
  }

  function remove(id: string): void {
    const key = textKey(id);
    const text = contexts.get(key);
    if (text === undefined) return;
    const row = readContext(text);
    contexts.remove(key);
    ends.remove(endKey(row.end, id));
    addToSums(row.record, -1, -row.bytes);
    for (let index = 0; index < row.parts; index += 1) parts.remove(entryKey(contextPrefix(id), index));
  }

  function put(id: string, row: Row): void {
    contexts.put(textKey(id), writeContext(row));
    ends.put(endKey(row.end, id), id);
  }

  function sumOf(key: Buffer): Sum {
    const [records = 0, bytes = 0] = sums.get(key)?.split(' ').map(Number) ?? [];
    return { records, bytes };
  }

  function addToSums({ kind, owner }: ContextRecord, records: number, bytes: number): void {
    for (const key of [contextKindPrefix(kind), contextOwnerPrefix(kind, owner)]) {
      const before = sumOf(key);
      // An owner without records takes no room.
      if (before.records + records <= 0) sums.remove(key);
      else sums.put(key, `${before.records + records} ${before.bytes + bytes}`);
    }
  }

  /** @throws StoreError full when more bytes would pass the room */
  function checkRoom({ kind, owner }: ContextRecord, more: number, room: ContextRoom | undefined): void {
    if (room === undefined || more <= 0) return;
    const ofOwner = sumOf(contextOwnerPrefix(kind, owner)).bytes;
    const ofAll = sumOf(contextKindPrefix(kind)).bytes;
    if (ofOwner + more > room.ofOwner || ofAll + more > room.ofAll)
      throw new StoreError('full', `${more} bytes more do not fit`);
  }

  return {
    async add(id, record, { lifetime, atMost, room, parts: texts = [] }) {
      return change(() => {
        if (find(id)) throw new RangeError('a context has the identifier already');
        // One whose time is over, within its last second.
        remove(id);
        if (sumOf(contextOwnerPrefix(record.kind, record.owner)).records >= atMost) return false;
        const bytes = bytesOfContext(record.state, texts);
        checkRoom(record, bytes, room);
        const end = now() + lifetime;
        if (end <= now()) return true;
        put(id, { record, parts: texts.length, bytes, end });
        addToSums(record, 1, bytes);
        for (const [index, text] of texts.entries()) parts.put(entryKey(contextPrefix(id), index), text);
        return true;
      });
    },
    async get(id) {
      begin();
      const row = find(id);
      return row && { ...row.record, remaining: row.end - now() };
    },
    async getPart(id, index) {
      begin();
      return find(id) && parts.get(entryKey(contextPrefix(id), index));
    },
    async replace(id, before, next, lifetime, room) {
      return change(() => {
        const row = find(id);
        if (row?.record.state !== before) return false;
        const more = bytesOfText(next) - bytesOfText(before);
        checkRoom(row.record, more, room);
        const end = lifetime === undefined ? row.end : now() + lifetime;
        ends.remove(endKey(row.end, id));
        put(id, { ...row, record: { ...row.record, state: next }, bytes: row.bytes + more, end });
        addToSums(row.record, 0, more);
        return true;
      });
    },
    async delete(id, before) {
      return change(() => {
        if (find(id)?.record.state !== before) return false;
        remove(id);
        return true;
      });
    },
    async count(kind, owner) {
      begin();
      for (const _ of ends.getKeys({ start: FIRST_KEY, end: numberKey(secondOf(now())), limit: 1 })) change(() => {});
      return sumOf(owner === undefined ? contextKindPrefix(kind) : contextOwnerPrefix(kind, owner)).records;
    },
    async clear() {
      change(() => {
        for (const table of [contexts, parts, ends, sums]) table.clearAsync();
      });
    },
    async close() {
      isClosed = true;
    },
  };
}

/** Milliseconds since the machine was started, the same in all its processes. */
export function machineTime(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000;
}

function secondOf(time: number): number {
  return Math.max(0, Math.floor(time / SECOND_MS));
}

function endKey(end: number, id: string): Buffer {
  return Buffer.concat([numberKey(secondOf(end)), contextPrefix(id)]);
}

function writeContext({ record: { kind, owner, state }, parts, bytes, end }: Row): string {
  return `${JSON.stringify([kind, owner, parts, bytes, end])}\n${state}`;
}

function readContext(text: string): Row {
  const line = text.indexOf('\n');
  const [kind, owner, parts, bytes, end] = JSON.parse(text.slice(0, line)) as [
    ContextKind,
    string,
    number,
    number,
    number,
  ];
  return { record: { kind, owner, state: text.slice(line + 1) }, parts, bytes, end };
}
