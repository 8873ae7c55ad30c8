import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { TlsIdentity } from './node-server.js';

/** Chrome and Apple refuse server certificates that live longer than 825 days. */
const LIFETIME_DAYS = 730;
const DAY_MS = 86_400_000;

/**
 * Makes a certificate for this machine (ECDSA P-256): its host name, localhost and the loopback addresses.
 *
 * @param now start of its life; a day earlier is written, for clients whose clock is behind
 */
export async function makeSelfSignedCertificate(now = new Date()): Promise<TlsIdentity> {
  // Loaded when needed only: a start with a certificate in place must not pay for the library. It needs the metadata polyfill first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');

  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const names = [...new Set([hostname().toLowerCase(), 'localhost'])].filter((name) => /^[a-z0-9.-]+$/.test(name));
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // Positive and at most 20 octets, RFC 5280 §4.1.2.2.
      serialNumber: `5a${randomBytes(15).toString('hex')}`,
      name: [{ CN: [names[0] ?? 'localhost'] }],
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + LIFETIME_DAYS * DAY_MS),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          ...names.map((value) => ({ type: 'dns' as const, value })),
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    },
    crypto,
  );
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
  };
}
