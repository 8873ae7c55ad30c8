import { X509Certificate } from 'node:crypto';
import { MalformedTokenError } from '../malformed-token-error.js';
import { type CertificateNames, readCertificateNames } from './certificate-names.js';

/** The certificate that the other end of a TLS connection has shown, and holds the key of. */
export interface ClientCertificate extends CertificateNames {
  /** SHA-1 as Windows shows it: 40 upper-case hex digits. For the log. */
  readonly thumbprint: string;
  readonly notAfter: Date;
  /** Why nobody is to be let in by it; `undefined` when there is no reason. For the log. */
  readonly problem: string | undefined;
}

/** RFC 5280 §4.2.1.12; Windows takes no certificate for a client's without it. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/**
 * Reads a client's certificate.
 *
 * @param der as TLS had it
 * @param verificationProblem what TLS found wrong with it or its chain; `undefined` when all was in order
 */
export function readClientCertificate(der: Buffer, verificationProblem: string | undefined): ClientCertificate {
  const x509 = new X509Certificate(der);
  const facts = { thumbprint: x509.fingerprint.replaceAll(':', ''), notAfter: new Date(x509.validTo) };
  try {
    const names = readCertificateNames(der);
    return { ...facts, ...names, problem: verificationProblem ?? usageProblem(x509) };
  } catch (error) {
    if (!(error instanceof MalformedTokenError)) throw error;
    return { ...facts, commonNames: [], principalNames: [], problem: error.message };
  }
}

/** TLS itself refuses other purposes, and takes a certificate that names none for all of them; so it is asked for by name. */
function usageProblem({ keyUsage }: X509Certificate): string | undefined {
  // What Node calls `keyUsage` is the extended one, and undefined where there is none.
  const usages = keyUsage as readonly string[] | undefined;
  return usages?.includes(CLIENT_AUTH) === true ? undefined : 'the certificate is not one for client authentication';
}
