import { DerTag, readDer } from '../der/der-reader.js';
import { readObjectIdentifier } from '../der/object-identifier.js';
import { MalformedTokenError } from '../malformed-token-error.js';

/** RFC 4121 §2. */
export const KERBEROS_OID = '1.2.840.113554.1.2.2';
/** The same, as Windows 2000 wrote it with one bit lost; later clients offer both (MS-SPNG 1.9.1). */
export const MS_KERBEROS_OID = '1.2.840.48018.1.2.2';

/** KRB_AP_REQ (RFC 4121 §4.1). */
const AP_REQUEST = 0x0100;

/** The mechanism that a GSS token without SPNEGO is for (RFC 2743 §3.1); undefined when it is no such token. */
export function mechanismOfToken(token: Buffer): string | undefined {
  try {
    const fields = readDer(readDer(token).expect(DerTag.application0, 'InitialContextToken').content);
    return readObjectIdentifier(fields.expect(DerTag.objectIdentifier, 'thisMech').content);
  } catch (error) {
    if (error instanceof MalformedTokenError) return undefined;
    throw error;
  }
}

/**
 * Checks the frame of a client's first Kerberos token (RFC 4121 §4.1), so that nothing else gets to the system's library.
 *
 * @throws MalformedTokenError
 */
export function checkInitialToken(token: Buffer): void {
  const outer = readDer(token);
  const content = outer.expect(DerTag.application0, 'InitialContextToken').content;
  outer.end('InitialContextToken');
  const fields = readDer(content);
  const { content: oid, whole } = fields.expect(DerTag.objectIdentifier, 'thisMech');
  const mechanism = readObjectIdentifier(oid);
  if (mechanism !== KERBEROS_OID) throw new MalformedTokenError(`a token of the mechanism ${mechanism}`);
  const inner = content.subarray(whole.length);
  if (inner.length < 2 || inner.readUInt16BE(0) !== AP_REQUEST) throw new MalformedTokenError('no KRB_AP_REQ');
}
