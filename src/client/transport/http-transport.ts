import { Pool } from 'undici';
import { type ConnectionOptions, createConnector } from './connector.js';
import { explainConnectionFailure } from './explain-connection-failure.js';
import { httpPost, withDeadline } from './http-post.js';
import type { Transport } from './transport.js';

export interface HttpTransportOptions extends ConnectionOptions {
  readonly url: URL;
  /** Connections kept open at most. */
  readonly connections: number;
  /** Bytes; a longer answer is cut off with an error. */
  readonly maxResponseSize: number;
}

/** POST over kept-alive connections, any of them. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { url } = options;
  const pool = new Pool(url.origin, {
    connections: options.connections,
    connect: createConnector(options),
    maxResponseSize: options.maxResponseSize,
    // The post's own deadline covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    async post(body, post) {
      try {
        return await withDeadline(post, (signal) => httpPost(pool, url, body, { headers: post.headers, signal }));
      } catch (error) {
        throw explainConnectionFailure(error, url);
      }
    },
    close: () => pool.destroy(),
  };
}
