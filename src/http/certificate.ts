import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from '../auth/accounts/private-file.js';
import type { TlsIdentity } from './node-server.js';
import { makeSelfSignedCertificate } from './self-signed-certificate.js';

/** A certificate's digests, as programs show them for people to compare. */
export interface CertificateFingerprints {
  /** SHA-1 as Windows shows it ("thumbprint"): 40 upper-case hex digits without separators. */
  readonly sha1: string;
  /** SHA-256 as OpenSSL and curl show it: upper-case hex pairs with colons. */
  readonly sha256: string;
}

/** A certificate ready for a listener. */
export interface ServerCertificate extends TlsIdentity {
  readonly fingerprints: CertificateFingerprints;
  readonly notAfter: Date;
}

/** The certificate or key that was named cannot be used. `expected`: the message is for the operator and says all there is to say. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
  readonly expected = true;
}

/** There is no file of that name. */
class NoCertificateError extends CertificateError {}

/**
 * Reads the operator's own certificate (chain) and key, both PEM.
 *
 * @throws CertificateError when one is unreadable, is not what it should be, or they do not belong together
 */
export async function loadCertificate(certPath: string, keyPath: string): Promise<ServerCertificate> {
  const certificate = await readPem(certPath, 'certificate');
  const privateKey = await readPem(keyPath, 'key');
  return inspect(certificate, privateKey, { certificate: certPath, privateKey: keyPath });
}

/** A self-signed certificate for this run; nothing is kept. */
export async function temporaryCertificate(): Promise<ServerCertificate> {
  const { certificate, privateKey } = await makeSelfSignedCertificate();
  return inspect(certificate, privateKey, { certificate: 'the certificate', privateKey: 'the key' });
}

/**
 * The certificate kept in a folder; made there first when it is missing, spoilt, or over.
 *
 * @param directory the endpoint's data directory
 * @param explain is told, in one sentence, why a new one was made
 * @throws CertificateError when a new one cannot be kept
 */
export async function keptCertificate(
  directory: string,
  explain: (why: string) => void = () => undefined,
): Promise<ServerCertificate> {
  const certPath = join(directory, 'tls-certificate.pem');
  const keyPath = join(directory, 'tls-key.pem');
  try {
    const kept = await loadCertificate(certPath, keyPath);
    if (kept.notAfter.getTime() > Date.now()) return kept;
    explain(`The TLS certificate ended on ${kept.notAfter.toISOString().slice(0, 10)}; a new one was made.`);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    // A first start has nothing to explain.
    if (!(error instanceof NoCertificateError)) explain(`A new TLS certificate was made: ${error.message}.`);
  }

  const made = await makeSelfSignedCertificate();
  try {
    await writePrivateFile(keyPath, made.privateKey);
    await writePrivateFile(certPath, made.certificate);
  } catch (error) {
    throw new CertificateError(
      `cannot keep the TLS certificate in ${directory} (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  return inspect(made.certificate, made.privateKey, { certificate: certPath, privateKey: keyPath });
}

async function readPem(path: string, what: 'certificate' | 'key'): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new CertificateError(`cannot read the ${what} ${path} (${code})`);
    const Problem = what === 'certificate' ? NoCertificateError : CertificateError;
    throw new Problem(`there is no ${what} ${path}`);
  }
}

function inspect(certificate: string, privateKey: string, paths: TlsIdentity): ServerCertificate {
  const x509 = parse(() => new X509Certificate(certificate), `${paths.certificate} is not a PEM certificate`);
  const key = parse(() => createPrivateKey(privateKey), `${paths.privateKey} is not an unencrypted PEM private key`);
  if (!x509.checkPrivateKey(key)) {
    throw new CertificateError(`the key ${paths.privateKey} does not belong to the certificate ${paths.certificate}`);
  }
  return {
    certificate,
    privateKey,
    fingerprints: { sha1: x509.fingerprint.replaceAll(':', ''), sha256: x509.fingerprint256 },
    notAfter: new Date(x509.validTo),
  };
}

function parse<T>(read: () => T, problem: string): T {
  try {
    return read();
  } catch {
    throw new CertificateError(problem);
  }
}
