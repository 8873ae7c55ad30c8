import { createHash, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database, Held } from './database.js';
import { safeReason } from './safe-reason.js';

/** Hears of what others commit, by LISTEN and NOTIFY; nothing depends on it but how early caches know. */
export interface CommitNews {
  /** What a commit tells, and to whom; undefined where the server has no such thing. */
  readonly notify: { readonly channel: string; readonly from: string } | undefined;
  onCommit(listener: () => void): () => void;
  close(): Promise<void>;
}

const PING_MS = 5000;
const MOST_PAUSE_MS = 200;

export async function listenForCommits(database: Database): Promise<CommitNews> {
  const { schema } = database.address;
  // Names of channels are short, and a schema may have any name.
  const channel = `cimulator_${createHash('sha256').update(schema).digest('hex').slice(0, 16)}`;
  const from = randomUUID();
  const listeners = new Set<() => void>();
  const closing = new AbortController();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  /** Until the connection is lost. */
  async function listen(held: Held): Promise<void> {
    held.onNotification((payload) => {
      if (payload !== from) tell();
    });
    await held.session.query(`LISTEN ${channel}`);
    database.report(undefined);
    // What was told while nobody listened.
    tell();
    const lost = new Promise<void>((resolve) => held.onLost(resolve));
    while (!held.isLost && !closing.signal.aborted) {
      await Promise.race([lost, pause(PING_MS)]);
      if (!held.isLost && !closing.signal.aborted) await held.session.query('SELECT 1');
    }
  }

  const pause = (time: number) => delay(time, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);

  async function listenOnce(first: Held | undefined): Promise<void> {
    let held = first;
    try {
      held ??= await database.hold();
      await listen(held);
    } catch (error) {
      if (!closing.signal.aborted) database.report(safeReason(error));
    }
    if (held?.isLost && !closing.signal.aborted) database.report('the connection to the database was lost');
    held?.release(true);
  }

  async function keepListening(first: Held): Promise<void> {
    await listenOnce(first);
    while (!closing.signal.aborted) {
      // At random, so that all who lost the same server do not come at once; `hold` itself waits longer from time to time.
      await pause(randomInt(10, MOST_PAUSE_MS));
      if (!closing.signal.aborted) await listenOnce(undefined);
    }
  }

  const first = await database.hold();
  try {
    await first.session.query(`LISTEN ${channel}`);
  } catch {
    first.release(true);
    return { notify: undefined, onCommit: () => () => undefined, close: async () => undefined };
  }
  const ended = keepListening(first);
  return {
    notify: { channel, from },
    onCommit(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closing.abort();
      await ended;
    },
  };
}
