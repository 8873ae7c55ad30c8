import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type buildConnector, Client } from 'undici';
import { type ConnectionOptions, createConnector } from './connector.js';
import { httpPost } from './http-post.js';
import type { PostOptions, TransportResponse } from './transport.js';

/** One TCP connection, from its opening to its end: nothing is ever sent over another one in its place. */
export interface SingleConnection {
  /** False once it has ended, at either side. */
  readonly isOpen: boolean;
  /** The certificate that the server showed on this very connection, DER; undefined without TLS, and before `open`. */
  readonly peerCertificate: Buffer | undefined;
  /** Connects. @throws what the connector does */
  open(signal: AbortSignal): Promise<void>;
  /**
   * @throws ConnectionGoneError when the connection ended before anything of the message was sent
   */
  post(
    body: Uint8Array,
    options: { readonly headers: PostOptions['headers']; readonly signal: AbortSignal },
  ): Promise<TransportResponse>;
  close(): Promise<void>;
}

/** A connection ended, and the message that was to go over it was not sent. */
export class ConnectionGoneError extends Error {
  override readonly name = 'ConnectionGoneError';
  constructor() {
    super('the connection is gone');
  }
}

export interface SingleConnectionOptions extends ConnectionOptions {
  readonly url: URL;
  /** Bytes; a longer answer is cut off with an error. */
  readonly maxResponseSize: number;
}

/** Until an idle connection is closed by us, where the server does not say how long it keeps it. HTTP.sys keeps it for two minutes. */
const KEEP_ALIVE_MS = 60_000;

export function createSingleConnection(options: SingleConnectionOptions): SingleConnection {
  const { url, maxResponseSize } = options;
  const connect = createConnector(options, true);
  let socket: Socket | undefined;
  let isTaken = false;
  const client = new Client(url.origin, {
    pipelining: 1,
    maxResponseSize,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The post's own deadline covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
    // undici connects by itself, and again when a connection is gone; in place of this one there is none.
    connect(_options, callback) {
      const own = isTaken || socket?.destroyed ? undefined : socket;
      isTaken = true;
      // Not at once, for undici does not notice a callback that is called before it has begun to wait.
      queueMicrotask(() => (own === undefined ? callback(new ConnectionGoneError(), null) : callback(null, own)));
    },
  });

  return {
    get isOpen() {
      return socket?.writable === true;
    },
    get peerCertificate() {
      return socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined;
    },
    async open(signal) {
      socket = await connectTo(url, connect, signal);
      // Until undici listens, an error would end the process; it shows as a connection that is gone.
      socket.on('error', () => undefined);
    },
    post: (body, options) => httpPost(client, url, body, options),
    async close() {
      await client.destroy();
      socket?.destroy();
    },
  };
}

function connectTo(url: URL, connect: buildConnector.connector, signal: AbortSignal): Promise<Socket> {
  const { host, protocol, port } = url;
  // IPv6 addresses stand in brackets in URLs only.
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    connect({ hostname, host, protocol, port }, (error, socket) => {
      signal.removeEventListener('abort', abort);
      if (error !== null) reject(error);
      else if (signal.aborted) socket.destroy();
      else resolve(socket);
    });
  });
}
