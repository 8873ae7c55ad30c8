import { DerTag, readDer } from '../der/der-reader.js';
import { writeDer } from '../der/der-writer.js';
import { readObjectIdentifier, writeObjectIdentifier } from '../der/object-identifier.js';
import { MalformedTokenError } from '../malformed-token-error.js';

// In the order of their numbers (RFC 4178 §4.2.2).
const STATES = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'] as const;

export type NegState = (typeof STATES)[number];

/** Every token after the first, of either side (RFC 4178 §4.2.2). */
export interface NegTokenResp {
  readonly state?: NegState | undefined;
  /** Dotted. */
  readonly supportedMech?: string | undefined;
  readonly token?: Buffer | undefined;
  readonly mechListMic?: Buffer | undefined;
}

/** @throws MalformedTokenError */
export function readNegTokenResp(bytes: Buffer): NegTokenResp {
  const outer = readDer(bytes);
  const choice = readDer(outer.expect(DerTag.context(1), 'NegTokenResp').content);
  outer.end('NegTokenResp');
  const fields = readDer(choice.expect(DerTag.sequence, 'NegTokenResp').content);
  choice.end('NegTokenResp');

  const content = (n: number, tag: number, name: string): Buffer | undefined => {
    const field = fields.optional(DerTag.context(n));
    return field && readDer(field.content).expect(tag, name).content;
  };
  const state = content(0, DerTag.enumerated, 'negState');
  const supportedMech = content(1, DerTag.objectIdentifier, 'supportedMech');
  const token = content(2, DerTag.octetString, 'responseToken');
  const mechListMic = content(3, DerTag.octetString, 'mechListMIC');
  fields.end('NegTokenResp');
  return {
    state: state && stateOf(state),
    supportedMech: supportedMech && readObjectIdentifier(supportedMech),
    token,
    mechListMic,
  };
}

export function writeNegTokenResp({ state, supportedMech, token, mechListMic }: NegTokenResp): Buffer {
  const contents = [
    state && writeDer(DerTag.enumerated, Buffer.of(STATES.indexOf(state))),
    supportedMech && writeObjectIdentifier(supportedMech),
    token && writeDer(DerTag.octetString, token),
    mechListMic && writeDer(DerTag.octetString, mechListMic),
  ];
  const fields = contents.flatMap((content, n) => (content ? [writeDer(DerTag.context(n), content)] : []));
  return writeDer(DerTag.context(1), writeDer(DerTag.sequence, ...fields));
}

function stateOf(content: Buffer): NegState {
  const state = content.length === 1 ? STATES[content[0] ?? -1] : undefined;
  if (state === undefined) throw new MalformedTokenError('an unknown negState');
  return state;
}
