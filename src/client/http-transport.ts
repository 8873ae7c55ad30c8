import { setImmediate } from 'node:timers/promises';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import { explainConnectionFailure } from './explain-connection-failure.js';
import { pinnedConnector } from './pinned-connector.js';
import type { PostOptions, Transport, TransportResponse } from './transport.js';

/** How an HTTPS server is told to be the right one. */
export interface ClientTlsOptions {
  /** PEM certificates to trust instead of the system's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  /** False: take any certificate. For tests on one's own machine. */
  readonly rejectUnauthorized?: boolean;
  /** SHA-256 of the server's certificate in hex, with or without colons: that one is trusted, and no other. */
  readonly fingerprint256?: string;
}

export interface HttpTransportOptions {
  readonly url: URL;
  readonly tls?: ClientTlsOptions | undefined;
  /** Connections kept open at most. */
  readonly connections: number;
  /** Bytes; a longer answer is cut off with an error. */
  readonly maxResponseSize: number;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** POST over kept-alive connections. Redirects are not followed: WS-Man has none, and they would carry credentials. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { url } = options;
  const pool = new Pool(url.origin, {
    connections: options.connections,
    connect: createConnector(options.tls ?? {}),
    maxResponseSize: options.maxResponseSize,
    // The post's own deadline covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    async post(body, post) {
      try {
        return await send(pool, url, body, post);
      } catch (error) {
        throw explainConnectionFailure(post.signal?.aborted ? new DOMException('aborted', 'AbortError') : error, url);
      }
    },
    close: () => pool.destroy(),
  };
}

async function send(pool: Pool, url: URL, body: Uint8Array, post: PostOptions): Promise<TransportResponse> {
  // A timer that is cleared, for AbortSignal.timeout would outlive the call by a minute.
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException('too late', 'TimeoutError')), post.timeoutMs);
  try {
    const response = await pool.request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers: post.headers,
      body,
      signal: post.signal ? AbortSignal.any([post.signal, deadline.signal]) : deadline.signal,
    });
    const bytes = new Uint8Array(await response.body.arrayBuffer());
    // The pool learns after the body's end that the connection is free; a call right behind would open another one.
    await setImmediate();
    return { status: response.statusCode, headers: headerMap(response.headers), body: bytes };
  } finally {
    clearTimeout(timer);
  }
}

/** Repeated headers are joined with commas (RFC 9110 §5.3). */
function headerMap(headers: Dispatcher.ResponseData['headers']): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function createConnector(tls: ClientTlsOptions): buildConnector.connector {
  const timeout = CONNECT_TIMEOUT_MS;
  if (tls.fingerprint256 !== undefined) return pinnedConnector(tls.fingerprint256, timeout);
  return buildConnector({
    timeout,
    ...(tls.ca === undefined ? {} : { ca: tls.ca as string | Buffer | (string | Buffer)[] }),
    ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
  });
}
