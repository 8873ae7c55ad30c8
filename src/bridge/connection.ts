import type { WsmanClient } from '../client/wsman-client.js';

/** How long the classes of a connection are remembered. */
const CLASSES_MS = 10 * 60_000;

/** A target with its account. */
export interface Connection {
  /** The client; it has forgotten the classes that it met long ago. */
  client(): WsmanClient;
  /** Ends when the connection is closed. */
  readonly signal: AbortSignal;
  close(): Promise<void>;
}

/** @param now milliseconds of a clock that never goes back */
export function createConnection(client: WsmanClient, now: () => number = () => performance.now()): Connection {
  const closing = new AbortController();
  let since = now();
  return {
    client() {
      if (now() - since > CLASSES_MS) {
        client.forgetClasses();
        since = now();
      }
      return client;
    },
    signal: closing.signal,
    async close() {
      closing.abort();
      await client.close();
    },
  };
}
