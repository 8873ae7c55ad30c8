import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../files/error-code.js';
import { LockedError, withLockFile } from '../files/lock-file.js';
import { makeFolder } from '../files/make-folder.js';
import { checkOwnFolder, NoFileError, readOwnFile } from '../files/own-file.js';
import { writePrivateFile } from '../files/private-file.js';
import { StrictModesError } from '../files/strict-modes.js';
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

/** Others may have made it what it is; a new one would hide that. */
class UnsafeCertificateError extends CertificateError {}

/**
 * Reads the operator's own certificate (chain) and key, both PEM.
 *
 * @throws CertificateError when one is unreadable, is not what it should be, or they do not belong together
 */
export function loadCertificate(certPath: string, keyPath: string): Promise<ServerCertificate> {
  return load(certPath, keyPath, (path) => readFile(path, 'utf8'));
}

type ReadText = (path: string, what: 'certificate' | 'key') => Promise<string>;

async function load(certPath: string, keyPath: string, readText: ReadText): Promise<ServerCertificate> {
  const certificate = await readPem(certPath, 'certificate', readText);
  const privateKey = await readPem(keyPath, 'key', readText);
  return inspect(certificate, privateKey, { certificate: certPath, privateKey: keyPath });
}

/** A self-signed certificate for this run; nothing is kept. */
export async function temporaryCertificate(): Promise<ServerCertificate> {
  const { certificate, privateKey } = await makeSelfSignedCertificate();
  return inspect(certificate, privateKey, { certificate: 'the certificate', privateKey: 'the key' });
}

/**
 * The certificate kept in a folder; made there first when it is missing, spoilt, or over. Of several processes that find it so at
 * once, one makes it, and all have it.
 *
 * @param directory the endpoint's data directory
 * @param explain is told, in one sentence, why a new one was made
 * @throws CertificateError when a new one cannot be kept, or others may read the key or put another one in its place
 */
export async function keptCertificate(
  directory: string,
  explain: (why: string) => void = () => undefined,
): Promise<ServerCertificate> {
  try {
    const found = await findKept(directory);
    if ('certificate' in found) return found;
    await makeFolder(directory);
    return await withLockFile(join(directory, 'tls.lock'), async () => {
      const now = await findKept(directory);
      if ('certificate' in now) return now;
      const made = await keep(directory);
      if (now.why !== undefined) explain(now.why);
      return made;
    });
  } catch (error) {
    if (error instanceof CertificateError) throw error;
    const reason = error instanceof LockedError ? error.message : errorCode(error);
    throw new CertificateError(`cannot keep the TLS certificate in ${directory} (${reason})`);
  }
}

/** The one that is kept, or why there has to be a new one; a first start has nothing to explain. */
async function findKept(directory: string): Promise<ServerCertificate | { readonly why: string | undefined }> {
  try {
    await checkOwnFolder(directory);
    const { certPath, keyPath } = pathsIn(directory);
    const kept = await load(certPath, keyPath, (path, what) =>
      readOwnFile(path, what === 'key' ? 'secret' : 'trusted'),
    );
    if (kept.notAfter.getTime() > Date.now()) return kept;
    return { why: `The TLS certificate ended on ${kept.notAfter.toISOString().slice(0, 10)}; a new one was made.` };
  } catch (error) {
    if (error instanceof UnsafeCertificateError || !(error instanceof CertificateError)) throw asUnsafe(error);
    return {
      why: error instanceof NoCertificateError ? undefined : `A new TLS certificate was made: ${error.message}.`,
    };
  }
}

async function keep(directory: string): Promise<ServerCertificate> {
  const { certPath, keyPath } = pathsIn(directory);
  const made = await makeSelfSignedCertificate();
  await writePrivateFile(keyPath, made.privateKey);
  await writePrivateFile(certPath, made.certificate);
  return inspect(made.certificate, made.privateKey, { certificate: certPath, privateKey: keyPath });
}

function pathsIn(directory: string): { readonly certPath: string; readonly keyPath: string } {
  return { certPath: join(directory, 'tls-certificate.pem'), keyPath: join(directory, 'tls-key.pem') };
}

function asUnsafe(error: unknown): unknown {
  return error instanceof StrictModesError || error instanceof NoFileError
    ? new UnsafeCertificateError(error.message)
    : error;
}

async function readPem(path: string, what: 'certificate' | 'key', readText: ReadText): Promise<string> {
  try {
    return await readText(path, what);
  } catch (error) {
    if (error instanceof StrictModesError || error instanceof NoFileError) throw asUnsafe(error);
    const code = errorCode(error);
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
