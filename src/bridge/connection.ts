import type { WsmanClient } from '../client/wsman-client.js';
import type { RunningCall } from './calls.js';

/** How long the classes of a connection are remembered. */
const CLASSES_MS = 10 * 60_000;

/** A target with its account. */
export interface Connection {
  /** The client; it has forgotten the classes that it met long ago. */
  client(): WsmanClient;
  /** Runs a call; it is cancelled when the connection is closed. */
  run<T>(call: RunningCall, run: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** @param now milliseconds of a clock that never goes back */
export function createConnection(client: WsmanClient, now: () => number = () => performance.now()): Connection {
  const calls = new Set<RunningCall>();
  let since = now();
  return {
    client() {
      if (now() - since > CLASSES_MS) {
        client.forgetClasses();
        since = now();
      }
      return client;
    },
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
      await client.close();
    },
  };
}
