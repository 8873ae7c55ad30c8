import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import {
  cryptoProvider,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const HOUR_MS = 3_600_000;

/** A certificate for 127.0.0.1 that lives as long as the test run, if not told otherwise; PEM, with its SHA-256 fingerprint. */
export async function makeSelfSignedCertificate({
  notBefore = Date.now() - HOUR_MS,
  notAfter = notBefore + 2 * HOUR_MS,
}: {
  readonly notBefore?: number;
  readonly notAfter?: number;
} = {}): Promise<{
  key: string;
  cert: string;
  fingerprint256: string;
}> {
  // The library declares the browser's types, which are those of node under another name.
  cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0]);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=127.0.0.1',
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const cert = certificate.toString('pem');
  return { key, cert, fingerprint256: new X509Certificate(cert).fingerprint256 };
}
