import { MAX_URI_LENGTH } from '../soap/addressing.js';
import { type CimFault, type FaultContext, writeFault } from '../soap/fault-message.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { escapeText } from '../xml/escape-xml.js';
import { ns } from '../xml/namespaces.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import { encodedSize } from './encoded-size.js';
import { MIN_ENVELOPE_SIZE } from './header/request-header.js';

/** What is known of a request that ends in a fault. */
export interface FailedRequest extends FaultContext {
  /** As many as could be read. */
  readonly headers: readonly XmlElement[];
  readonly charset: XmlCharset;
  /** Bytes that this service answers at most. */
  readonly ownLimit: number;
}

/**
 * Writes a fault that the client can take (DSP0226 §13.1): MaxEnvelopeSize bounds it, too. What does not fit is left out, the names of
 * header blocks first, then the end of the reason. A MessageID that is no URI for its length is not repeated.
 */
export function writeFittingFault(fault: WsmanFault | CimFault, request: FailedRequest): string {
  const { relatesTo, headers, charset, ownLimit } = request;
  const context =
    relatesTo !== undefined && relatesTo.length > MAX_URI_LENGTH ? { ...request, relatesTo: undefined } : request;
  const limit = Math.min(envelopeSizeOf(headers), ownLimit);
  const size = (xml: string): number => encodedSize(xml, charset);
  let xml = writeFault(fault, context);
  if (xml.length * 3 <= limit || size(xml) <= limit) return xml;
  const reason = fault instanceof WsmanFault ? fault.reason : fault.message;
  const bare = writeFault(withReason(fault, ''), context);
  // The reason stands in it twice.
  const room = Math.max(0, limit - size(bare)) / 2;
  xml = writeFault(withReason(fault, cutToSize(reason, room, charset)), context);
  return size(xml) <= limit ? xml : writeFault(withReason(fault, ''), { ...context, relatesTo: undefined });
}

/** What the client takes, whatever else is wrong with the request; the least that it may say when that cannot be read. */
function envelopeSizeOf(headers: readonly XmlElement[]): number {
  const block = headers.find(
    ({ localName, namespaceUri }) => localName === 'MaxEnvelopeSize' && namespaceUri === ns.wsman,
  );
  if (block === undefined) return Number.POSITIVE_INFINITY;
  const text = block.text.trim();
  return /^\d{1,15}$/.test(text) ? Math.max(MIN_ENVELOPE_SIZE, Number(text)) : MIN_ENVELOPE_SIZE;
}

function withReason(fault: WsmanFault | CimFault, reason: string): WsmanFault | CimFault {
  return fault instanceof WsmanFault ? new WsmanFault(fault.key, reason) : { ...fault, message: reason };
}

/** As much of a text as takes `room` bytes at most when it is escaped and encoded, with dots for the rest. */
function cutToSize(text: string, room: number, charset: XmlCharset): string {
  // Not more than fits in any case: what is too long is not measured again and again.
  let cut = text.slice(0, Math.floor(room));
  while (cut !== '' && encodedSize(`${escapeText(cut)}…`, charset) > room)
    cut = cut.slice(0, Math.floor(cut.length * 0.8));
  return cut === '' ? '' : `${cut.replace(/[\ud800-\udbff]$/, '')}…`;
}
