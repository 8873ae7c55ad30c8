import { DerTag, readDer } from '../der/der-reader.js';
import { writeDer } from '../der/der-writer.js';
import { readObjectIdentifier, writeObjectIdentifier } from '../der/object-identifier.js';
import { MalformedTokenError } from '../malformed-token-error.js';

/** RFC 4178 §4.2: SPNEGO itself. */
export const SPNEGO_OID = '1.3.6.1.5.5.2';

/** More than anybody has. */
const MAX_MECHANISMS = 32;

/** What an initiator begins with (RFC 4178 §4.2.1). */
export interface NegTokenInit {
  /** Dotted, the one liked best first; never empty. */
  readonly mechanisms: readonly string[];
  /** The list as it is on the wire: what both mechListMICs are over. */
  readonly mechList: Buffer;
  /** The first token for the first mechanism. */
  readonly token: Buffer | undefined;
}

/**
 * Reads NegTokenInit, and Microsoft's NegTokenInit2, whose hints stand where the MIC was (MS-SPNG 2.2.1). Flags and hints are not
 * looked at: nothing protects them (MS-SPNG 3.1.5.3). Nor is a MIC: no mechanism has a key yet.
 *
 * @throws MalformedTokenError
 */
export function readNegTokenInit(bytes: Buffer): NegTokenInit {
  const outer = readDer(bytes);
  const token = readDer(outer.expect(DerTag.application0, 'InitialContextToken').content);
  outer.end('InitialContextToken');
  const oid = readObjectIdentifier(token.expect(DerTag.objectIdentifier, 'thisMech').content);
  if (oid !== SPNEGO_OID) throw new MalformedTokenError(`a GSS token of ${oid} in place of SPNEGO`);
  const choice = readDer(token.expect(DerTag.context(0), 'NegTokenInit').content);
  token.end('NegotiationToken');
  const fields = readDer(choice.expect(DerTag.sequence, 'NegTokenInit').content);
  choice.end('NegTokenInit');

  const list = readDer(fields.expect(DerTag.context(0), 'mechTypes').content);
  const mechTypes = list.expect(DerTag.sequence, 'mechTypes');
  list.end('mechTypes');
  fields.optional(DerTag.context(1));
  const mechToken = fields.optional(DerTag.context(2));
  fields.optional(DerTag.context(3));
  fields.optional(DerTag.context(4));
  fields.end('NegTokenInit');
  return {
    mechanisms: readMechanisms(mechTypes.content),
    mechList: mechTypes.whole,
    token: mechToken && readDer(mechToken.content).expect(DerTag.octetString, 'mechToken').content,
  };
}

function readMechanisms(content: Buffer): string[] {
  const mechanisms: string[] = [];
  for (const reader = readDer(content); !reader.atEnd(); ) {
    if (mechanisms.length === MAX_MECHANISMS) throw new MalformedTokenError(`more than ${MAX_MECHANISMS} mechanisms`);
    mechanisms.push(readObjectIdentifier(reader.expect(DerTag.objectIdentifier, 'mechType').content));
  }
  if (mechanisms.length === 0) throw new MalformedTokenError('an empty list of mechanisms');
  return mechanisms;
}

/** The list of mechanisms as it goes into the token and under the MICs. */
export function writeMechList(mechanisms: readonly string[]): Buffer {
  return writeDer(DerTag.sequence, ...mechanisms.map(writeObjectIdentifier));
}

/** Writes NegTokenInit. @param mechList see {@link writeMechList} */
export function writeNegTokenInit({ mechList, token }: Pick<NegTokenInit, 'mechList' | 'token'>): Buffer {
  const fields = [writeDer(DerTag.context(0), mechList)];
  if (token !== undefined) fields.push(writeDer(DerTag.context(2), writeDer(DerTag.octetString, token)));
  const choice = writeDer(DerTag.context(0), writeDer(DerTag.sequence, ...fields));
  return writeDer(DerTag.application0, writeObjectIdentifier(SPNEGO_OID), choice);
}
