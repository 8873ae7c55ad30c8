import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';

/** Of libpq's sslmode those that say what will happen: `prefer` and `allow` leave it to the network. */
export const tlsModes = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
export type TlsMode = (typeof tlsModes)[number];

export interface TlsFiles {
  readonly ca: Buffer | undefined;
  readonly cert: Buffer | undefined;
  readonly key: Buffer | undefined;
}

/**
 * As libpq's sslmode: `require` encrypts and looks at no certificate, unless there is a root to check it by; `verify-full` looks at the
 * host's name too. Without a mode: none on this machine, `require` to all others.
 */
export function tlsOptions(host: string, mode: TlsMode | undefined, files: TlsFiles): ConnectionOptions | false {
  const isLocal = host.startsWith('/') || host === 'localhost' || host === '::1' || /^127\.[\d.]+$/.test(host);
  const wanted = mode ?? (isLocal && files.ca === undefined ? 'disable' : 'require');
  if (wanted === 'disable' || host.startsWith('/')) return false;
  const { ca, cert, key } = files;
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    // RFC 6066 §3: addresses are no server names.
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: wanted !== 'require' || ca !== undefined,
    // By the name that was asked for: of a socket to an address Node would take it to be localhost.
    checkServerIdentity: (_, certificate) =>
      wanted === 'verify-full' ? checkServerIdentity(host, certificate) : undefined,
  };
}
