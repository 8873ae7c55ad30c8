import { Pool } from 'undici';
import { explainConnectionFailure } from './explain-connection-failure.js';
import { httpPost, withDeadline } from './http-post.js';
import { type ClientCertificateAndKey, type ClientTlsOptions, createConnector } from './tls-connector.js';
import type { Transport } from './transport.js';

export interface HttpTransportOptions {
  readonly url: URL;
  /** Of an IPv6 address in it. */
  readonly zone?: string | undefined;
  readonly tls?: ClientTlsOptions | undefined;
  readonly clientCertificate?: ClientCertificateAndKey | undefined;
  /** Connections kept open at most. */
  readonly connections: number;
  /** Bytes; a longer answer is cut off with an error. */
  readonly maxResponseSize: number;
}

/** POST over kept-alive connections, any of them. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { url, tls, clientCertificate } = options;
  const pool = new Pool(url.origin, {
    connections: options.connections,
    connect: createConnector({ ...tls, zone: options.zone, ...(clientCertificate && { clientCertificate }) }),
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
