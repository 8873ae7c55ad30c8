import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

/** A certificate and its key, PEM. */
export interface IssuedCertificate {
  readonly cert: string;
  readonly key: string;
  readonly serialNumber: string;
}

/** What is special about a certificate. */
export interface CertificateRequest {
  /** RFC 4514 syntax. Default: `CN=alice`. */
  readonly subject?: string;
  /** User principal name. Default: none. */
  readonly upn?: string;
  /** Purposes by their identifiers; `[]` for no such extension. Default: client authentication. */
  readonly usages?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/** An authority that exists for one test. */
export interface CertificateAuthority {
  /** Its certificate, PEM. */
  readonly cert: string;
  issue(request?: CertificateRequest): Promise<IssuedCertificate>;
  /** The list of what is revoked, PEM. */
  revoke(...certificates: readonly IssuedCertificate[]): Promise<string>;
}

export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

export async function createAuthority(name = 'CN=Test CA'): Promise<CertificateAuthority> {
  const authorityKeys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned(
    {
      ...{ serialNumber: '01', name, notBefore: daysFromNow(-1), notAfter: daysFromNow(30) },
      ...{ signingAlgorithm: ALGORITHM, keys: authorityKeys },
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      ],
    },
    webcrypto,
  );

  return {
    cert: authority.toString('pem'),

    async issue(request = {}) {
      const keys = await newKeys();
      const serialNumber = `5a${randomBytes(8).toString('hex')}`;
      const certificate = await x509.X509CertificateGenerator.create(
        {
          ...{ serialNumber, subject: request.subject ?? 'CN=alice', issuer: authority.subject },
          ...{ notBefore: request.notBefore ?? daysFromNow(-1), notAfter: request.notAfter ?? daysFromNow(1) },
          ...{ signingAlgorithm: ALGORITHM, publicKey: keys.publicKey, signingKey: authorityKeys.privateKey },
          extensions: extensionsOf(request),
        },
        webcrypto,
      );
      return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey), serialNumber };
    },

    async revoke(...certificates) {
      const list = await x509.X509CrlGenerator.create(
        {
          ...{ issuer: authority.subject, thisUpdate: daysFromNow(-1), nextUpdate: daysFromNow(1) },
          entries: certificates.map(({ serialNumber }) => ({ serialNumber, revocationDate: daysFromNow(-1) })),
          ...{ signingAlgorithm: ALGORITHM, signingKey: authorityKeys.privateKey },
        },
        webcrypto,
      );
      // The library's own label is not the one that OpenSSL reads.
      return x509.PemConverter.encode(list.rawData, 'X509 CRL');
    },
  };
}

/** A certificate that nobody but its owner vouches for. */
export async function selfSigned(request: CertificateRequest = {}): Promise<IssuedCertificate> {
  const keys = await newKeys();
  const serialNumber = '02';
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      ...{ serialNumber, name: request.subject ?? 'CN=alice', notBefore: daysFromNow(-1), notAfter: daysFromNow(1) },
      ...{ signingAlgorithm: ALGORITHM, keys, extensions: extensionsOf(request) },
    },
    webcrypto,
  );
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey), serialNumber };
}

/** For tests of what reads certificates. */
export function derOf(pem: string): Buffer {
  return Buffer.from(new x509.X509Certificate(pem).rawData);
}

function extensionsOf({ upn, usages = [CLIENT_AUTH] }: CertificateRequest): x509.Extension[] {
  return [
    ...(usages.length > 0 ? [new x509.ExtendedKeyUsageExtension([...usages])] : []),
    ...(upn === undefined ? [] : [new x509.SubjectAlternativeNameExtension([{ type: 'upn', value: upn }])]),
  ];
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}
