import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { errorCode } from '../files/error-code.js';
import { CertificateError } from './certificate.js';

/** Who may issue clients' certificates, or such certificates themselves where they are self-signed; all PEM. */
export interface ClientAuthorities {
  readonly certificates: string;
  /** Revocation lists; when there are any, there must be one of each authority, and none may have ended. */
  readonly revocationLists?: string;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Reads the authorities of clients' certificates, and what they have revoked.
 *
 * @throws CertificateError when a file is unreadable, or is not what it should be
 */
export async function loadClientAuthorities(caPath: string, crlPath?: string): Promise<ClientAuthorities> {
  const certificates = await read(caPath);
  const found = certificates.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw new CertificateError(`${caPath} holds no PEM certificate`);
  if (!found.every(isReadable)) throw new CertificateError(`${caPath} holds a certificate that cannot be read`);
  if (crlPath === undefined) return { certificates };

  const revocationLists = await read(crlPath);
  try {
    createSecureContext({ crl: revocationLists });
  } catch {
    throw new CertificateError(`${crlPath} holds no PEM revocation list`);
  }
  return { certificates, revocationLists };
}

function isReadable(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new CertificateError(`cannot read ${path} (${errorCode(error)})`);
  }
}
