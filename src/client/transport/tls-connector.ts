import { buildConnector } from 'undici';
import { pinnedConnector } from './pinned-connector.js';
import { skipInterimAnswers } from './skip-interim-answers.js';

/** The client's own certificate (chain) and its private key, both PEM. */
export interface ClientCertificateAndKey {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

/** How an HTTPS server is told to be the right one. */
export interface ClientTlsOptions {
  /** PEM certificates to trust instead of the system's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  /** False: take any certificate. For tests on one's own machine. */
  readonly rejectUnauthorized?: boolean;
  /** SHA-256 of the server's certificate in hex, with or without colons: that one is trusted, and no other. */
  readonly fingerprint256?: string;
}

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * What opens connections, of either kind.
 *
 * @param showCertificate whether each TLS connection must have the server's certificate at hand; a resumed session has none
 */
export function createConnector(
  tls: ClientTlsOptions & ConnectorOptions = {},
  showCertificate = false,
): buildConnector.connector {
  const connect = plainConnector(tls, showCertificate);
  return (options, callback) => {
    const hostname = tls.zone === undefined ? options.hostname : `${options.hostname}%${tls.zone}`;
    connect({ ...options, hostname }, (...result) => {
      if (result[0] === null) callback(null, skipInterimAnswers(result[1]));
      else callback(...result);
    });
  };
}

interface ConnectorOptions {
  readonly clientCertificate?: ClientCertificateAndKey;
  /** The network interface of an IPv6 address that is of one link only (RFC 4007). */
  readonly zone?: string | undefined;
}

function plainConnector(tls: ClientTlsOptions & ConnectorOptions, showCertificate: boolean): buildConnector.connector {
  const timeout = CONNECT_TIMEOUT_MS;
  if (tls.fingerprint256 !== undefined)
    return pinnedConnector(tls.fingerprint256, { timeout, ...tls.clientCertificate });
  return buildConnector({
    timeout,
    ...tls.clientCertificate,
    ...(showCertificate ? { maxCachedSessions: 0 } : {}),
    ...(tls.ca === undefined ? {} : { ca: tls.ca as string | Buffer | (string | Buffer)[] }),
    ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
  });
}
