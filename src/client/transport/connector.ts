import type { buildConnector } from 'undici';
import { type ClientProxy, throughProxy } from './proxy-tunnel.js';
import { skipInterimAnswers } from './skip-interim-answers.js';
import { type ClientCertificateAndKey, type ClientTlsOptions, createTlsConnector } from './tls-connector.js';

/** How connections to an endpoint are opened. */
export interface ConnectionOptions {
  readonly tls?: ClientTlsOptions | undefined;
  readonly clientCertificate?: ClientCertificateAndKey | undefined;
  /** The network interface of an IPv6 address that is of one link only (RFC 4007). */
  readonly zone?: string | undefined;
  readonly proxy?: ClientProxy | undefined;
}

export const CONNECT_TIMEOUT_MS = 10_000;

/**
 * What opens connections, of either kind.
 *
 * @param showCertificate whether each TLS connection must have the server's certificate at hand; a resumed session has none
 */
export function createConnector(options: ConnectionOptions = {}, showCertificate = false): buildConnector.connector {
  const { tls, clientCertificate, zone, proxy } = options;
  const build = { timeout: CONNECT_TIMEOUT_MS, ...clientCertificate };
  const direct = createTlsConnector(tls, build, showCertificate);
  const connect = proxy === undefined ? direct : throughProxy(proxy, direct, CONNECT_TIMEOUT_MS);
  return (target, callback) => {
    const hostname = zone === undefined ? target.hostname : `${target.hostname}%${zone}`;
    connect({ ...target, hostname }, (...result) => {
      if (result[0] === null) callback(null, skipInterimAnswers(result[1]));
      else callback(...result);
    });
  };
}
