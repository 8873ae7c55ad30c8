import { createHash } from 'node:crypto';
import { DerTag, readDer } from '../der/der-reader.js';
import { readObjectIdentifier } from '../der/object-identifier.js';
import { MalformedTokenError } from '../malformed-token-error.js';

/** RSASSA-PSS (RFC 4055 §3.1) names its hash in parameters. */
const RSASSA_PSS = '1.2.840.113549.1.1.10';

// RFC 5929 §4.1: MD5 and SHA-1 are replaced by SHA-256.
const HASH_OF_SIGNATURE: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'sha256', // md5WithRSAEncryption
  '1.2.840.113549.1.1.5': 'sha256', // sha1WithRSAEncryption
  '1.2.840.113549.1.1.11': 'sha256', // sha256WithRSAEncryption
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.10045.4.1': 'sha256', // ecdsa-with-SHA1
  '1.2.840.10045.4.3.1': 'sha224', // ecdsa-with-SHA224
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

const HASH_BY_OID: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
};

/**
 * The `tls-server-end-point` channel binding of a server's certificate (RFC 5929 §4): its hash, with the hash function its signature
 * uses.
 *
 * @param certificate DER
 * @returns `undefined` where the standard names no hash (Ed25519), or the bytes are no certificate
 */
export function tlsServerEndPoint(certificate: Buffer): Buffer | undefined {
  try {
    const hash = signatureHash(certificate);
    return hash === undefined ? undefined : createHash(hash).update(certificate).digest();
  } catch (error) {
    if (error instanceof MalformedTokenError) return undefined;
    throw error;
  }
}

/** Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature } (RFC 5280 §4.1). */
function signatureHash(certificate: Buffer): string | undefined {
  const fields = readDer(readDer(certificate).expect(DerTag.sequence, 'Certificate').content);
  fields.expect(DerTag.sequence, 'tbsCertificate');
  const algorithm = readDer(fields.expect(DerTag.sequence, 'signatureAlgorithm').content);
  const oid = readObjectIdentifier(algorithm.expect(DerTag.objectIdentifier, 'algorithm').content);
  if (oid !== RSASSA_PSS) return HASH_OF_SIGNATURE[oid];
  const hashField = readDer(algorithm.expect(DerTag.sequence, 'RSASSA-PSS-params').content).optional(DerTag.context(0));
  // RFC 4055 §3.1: SHA-1 when it does not say.
  if (hashField === undefined) return 'sha256';
  const hash = readDer(readDer(hashField.content).expect(DerTag.sequence, 'hashAlgorithm').content);
  return HASH_BY_OID[readObjectIdentifier(hash.expect(DerTag.objectIdentifier, 'hashAlgorithm').content)] ?? 'sha256';
}
