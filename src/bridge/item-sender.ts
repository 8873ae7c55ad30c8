import { setImmediate } from 'node:timers/promises';
import type { Credit } from './credit.js';
import type { LineWriter } from './line-writer.js';

const MAX_ITEMS = 64;
const MAX_CHARACTERS = 1024 * 1024;

/** Where the items of a stream go: into lines of at most 64 items or about 1 MiB, and no more than the parent asked for. */
export interface ItemSender {
  /** @param json an item as JSON @returns undefined when there is nothing to wait for */
  send(json: string): Promise<void> | undefined;
  /** Sends what was held back for a fuller line. */
  flush(): void;
  readonly count: number;
}

/** @param signal after it, nothing is sent */
export function createItemSender(id: number, writer: LineWriter, credit: Credit, signal: AbortSignal): ItemSender {
  let held: string[] = [];
  let characters = 0;
  let count = 0;
  let isWaiting = false;
  const flush = () => {
    if (held.length > 0 && !signal.aborted) writer.write(`{"id":${id},"items":[${held.join(',')}]}`);
    held = [];
    characters = 0;
  };
  const flushSoon = async () => {
    if (isWaiting) return;
    isWaiting = true;
    // Items of one answer follow one another without a pause; whoever waits for one more waits for the server.
    await setImmediate();
    isWaiting = false;
    flush();
  };
  const hold = (json: string): Promise<void> | undefined => {
    if (held.length > 0 && characters + json.length > MAX_CHARACTERS) flush();
    held.push(json);
    characters += json.length;
    count++;
    if (held.length === MAX_ITEMS) {
      flush();
      return untilAborted(writer.ready(), signal);
    }
    void flushSoon();
    return undefined;
  };
  return {
    send(json) {
      const waiting = credit.take();
      if (waiting === undefined) return hold(json);
      flush();
      return untilAborted(waiting, signal).then(() => hold(json));
    },
    flush,
    get count() {
      return count;
    },
  };
}

/** @throws the signal's reason */
async function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
