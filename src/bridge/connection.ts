import type { WsmanClient } from '../client/wsman-client.js';
<<<<<<< HEAD
import type { RunningCall } from './calls.js';
=======
>>>>>>> ecb4da8d607940c453c61a87a58659afae1ee240

/** How long the classes of a connection are remembered. */
const CLASSES_MS = 10 * 60_000;

/** A target with its account. */
export interface Connection {
  /** The client; it has forgotten the classes that it met long ago. */
  client(): WsmanClient;
<<<<<<< HEAD
  /** Runs a call; it is cancelled when the connection is closed. */
  run<T>(call: RunningCall, run: () => Promise<T>): Promise<T>;
=======
  /** Ends when the connection is closed. */
  readonly signal: AbortSignal;
>>>>>>> ecb4da8d607940c453c61a87a58659afae1ee240
  close(): Promise<void>;
}

/** @param now milliseconds of a clock that never goes back */
export function createConnection(client: WsmanClient, now: () => number = () => performance.now()): Connection {
<<<<<<< HEAD
  const calls = new Set<RunningCall>();
=======
  const closing = new AbortController();
>>>>>>> ecb4da8d607940c453c61a87a58659afae1ee240
  let since = now();
  return {
    client() {
      if (now() - since > CLASSES_MS) {
        client.forgetClasses();
        since = now();
      }
      return client;
    },
<<<<<<< HEAD
    async run(call, run) {
      calls.add(call);
      try {
        return await run();
      } finally {
        calls.delete(call);
      }
    },
    async close() {
      for (const call of calls) call.abort();
=======
    signal: closing.signal,
    async close() {
      closing.abort();
>>>>>>> ecb4da8d607940c453c61a87a58659afae1ee240
      await client.close();
    },
  };
}
