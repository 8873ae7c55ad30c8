import { buildConnector } from 'undici';
import { nameCheckingConnector } from './name-checking-connector.js';
import { pinnedConnector } from './pinned-connector.js';

/** The client's own certificate (chain) and its private key, both PEM. */
export interface ClientCertificateAndKey {
  readonly cert: string | Buffer;
  readonly key: string | Buffer;
}

/** How an HTTPS server is told to be the right one. Whether its certificate was revoked is never asked. */
export interface ClientTlsOptions {
  /** PEM certificates to trust instead of the system's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  /** False: take any certificate. For tests on one's own machine. */
  readonly rejectUnauthorized?: boolean;
  /** Take a certificate of any issuer; it must be for the host's name and not have expired. */
  readonly skipCACheck?: boolean;
  /** Take a certificate for another name than the host's, of an issuer that is trusted. */
  readonly skipCNCheck?: boolean;
  /** SHA-256 of the server's certificate in hex, with or without colons: that one is trusted, and no other, whatever else is said. */
  readonly fingerprint256?: string;
}

/**
 * What opens a connection without a proxy, or makes TLS of one that is there.
 *
 * @throws TypeError for a fingerprint that is none
 */
export function createTlsConnector(
  tls: ClientTlsOptions = {},
  build: buildConnector.BuildOptions = {},
  showCertificate = false,
): buildConnector.connector {
  const { ca, rejectUnauthorized, skipCACheck, skipCNCheck, fingerprint256 } = tls;
  if (fingerprint256 !== undefined) return pinnedConnector(fingerprint256, build);
  if (skipCACheck && rejectUnauthorized !== false) return nameCheckingConnector(skipCNCheck === true, build);
  return buildConnector({
    ...build,
    ...(showCertificate ? { maxCachedSessions: 0 } : {}),
    ...(ca === undefined ? {} : { ca: ca as string | Buffer | (string | Buffer)[] }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
    ...(skipCNCheck ? { checkServerIdentity: () => undefined } : {}),
  });
}
