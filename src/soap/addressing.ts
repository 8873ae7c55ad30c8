import { ns } from '../xml/namespaces.js';
import { childOf, type XmlElement } from '../xml/xml-element.js';
import { headerBlock } from './envelope.js';
import { ANONYMOUS } from './message.js';
import { WsmanFault } from './wsman-fault.js';

/** The addressing headers of a request, trimmed. Its answer always goes back over the same connection. */
export interface Addressing {
  readonly to: string;
  readonly action: string;
  readonly messageId: string;
  readonly relatesTo: string | undefined;
}

/**
 * Reads the addressing headers that DSP0226 §5.4 requires of every request but Identify, which has none.
 *
 * @throws {@link WsmanFault} `MessageInformationHeaderRequired` for a missing To, Action, MessageID or ReplyTo,
 * `InvalidMessageInformationHeader` for an empty or doubled one, `URILimitExceeded` for one that is too long, `UnsupportedAddressingMode` for a ReplyTo or FaultTo
 * that is not anonymous
 */
export function readAddressing(headers: readonly XmlElement[]): Addressing {
  const to = required(headers, 'To');
  const action = required(headers, 'Action');
  const messageId = required(headers, 'MessageID');
  const replyTo = headerBlock(headers, ns.addressing, 'ReplyTo');
  if (replyTo === undefined) throw missing('ReplyTo');
  checkAnonymous(replyTo);
  const faultTo = headerBlock(headers, ns.addressing, 'FaultTo');
  if (faultTo !== undefined) checkAnonymous(faultTo);
  return { to, action, messageId, relatesTo: headerBlock(headers, ns.addressing, 'RelatesTo')?.text.trim() };
}

/**
 * The MessageID for the RelatesTo of an answer, whatever else is wrong with the request; `undefined` when there is
 * none, or more than one.
 */
export function messageIdOf(headers: readonly XmlElement[]): string | undefined {
  let id: string | undefined;
  for (const { localName, namespaceUri, text } of headers) {
    if (localName !== 'MessageID' || namespaceUri !== ns.addressing) continue;
    if (id !== undefined) return undefined;
    id = text.trim();
  }
  return id === '' ? undefined : id;
}

/** DSP0226 R13.1-5: URIs of up to 2,048 characters are taken. */
export const MAX_URI_LENGTH = 2048;

function required(headers: readonly XmlElement[], name: string): string {
  const block = headerBlock(headers, ns.addressing, name);
  if (block === undefined) throw missing(name);
  const value = block.text.trim();
  if (value === '') throw new WsmanFault('InvalidMessageInformationHeader', `The header ${name} is empty.`);
  if (value.length > MAX_URI_LENGTH) throw new WsmanFault('URILimitExceeded', `The URI in ${name} is too long.`);
  return value;
}

function checkAnonymous(endpoint: XmlElement): void {
  const name = endpoint.localName;
  const address = childOf(endpoint, ns.addressing, 'Address');
  if (address === undefined) {
    throw new WsmanFault('InvalidMessageInformationHeader', `The header ${name} has no Address.`);
  }
  if (address.text.trim() !== ANONYMOUS) {
    throw new WsmanFault('UnsupportedAddressingMode', `The Address in ${name} must be the anonymous one.`);
  }
}

function missing(name: string): WsmanFault {
  return new WsmanFault('MessageInformationHeaderRequired', `The header ${name} is missing.`);
}
