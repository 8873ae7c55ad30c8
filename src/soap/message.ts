import { randomUUID } from 'node:crypto';
import { escapeAttribute, escapeText } from '../xml/escape-xml.js';
import { ns } from '../xml/namespaces.js';

/** WS-Addressing's address for "back over this connection". */
export const ANONYMOUS = `${ns.addressing}/role/anonymous`;

/** What goes around a body. */
export interface MessageParts {
  /** URI for `a:Action`. */
  readonly action: string;
  /** MessageID of the request; `undefined` when the request had none that could be read. */
  readonly relatesTo: string | undefined;
  /** MessageID of this message; left out, a new one is made. */
  readonly messageId?: string | undefined;
  /** Prefixes to declare on the envelope besides s, a, x, n, w and p. */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  /** Markup for the Body. */
  readonly body: string;
  /** Markup for header blocks, put behind the addressing blocks. */
  readonly extraHeaders?: string | undefined;
}

const ENVELOPE = '<s:Envelope xml:lang="en-US"';
const STANDARD_NAMESPACES =
  ` xmlns:s="${ns.soap}" xmlns:a="${ns.addressing}" xmlns:x="${ns.transfer}" xmlns:n="${ns.enumeration}"` +
  ` xmlns:w="${ns.wsman}" xmlns:p="${ns.microsoft}"`;
const TO_ACTION = '><s:Header><a:Action>';
const TO_MESSAGE_ID = '</a:Action><a:MessageID>';
const TO_RELATES_TO = `</a:MessageID><a:To>${ANONYMOUS}</a:To>`;
const TO_BODY = '</s:Header><s:Body>';
const END = '</s:Body></s:Envelope>';

/**
 * Writes a response envelope in the shape of Windows: the same prefixes, and Action, MessageID, To, RelatesTo in that
 * order. The result has no XML declaration and fits every charset.
 */
export function writeEnvelope(parts: MessageParts): string {
  const { namespaces, relatesTo } = parts;
  let xml = ENVELOPE + STANDARD_NAMESPACES;
  if (namespaces !== undefined) {
    for (const prefix in namespaces) xml += ` xmlns:${prefix}="${escapeAttribute(namespaces[prefix] ?? '')}"`;
  }
  xml += TO_ACTION + escapeText(parts.action) + TO_MESSAGE_ID;
  xml += (parts.messageId === undefined ? newMessageId() : escapeText(parts.messageId)) + TO_RELATES_TO;
  if (relatesTo !== undefined) xml += `<a:RelatesTo>${escapeText(relatesTo)}</a:RelatesTo>`;
  if (parts.extraHeaders !== undefined) xml += parts.extraHeaders;
  return xml + TO_BODY + parts.body + END;
}

/** Writes an envelope without any addressing, as the answer to Identify has to be (DSP0226 §11). */
export function writeBareEnvelope(body: string): string {
  return `${ENVELOPE} xmlns:s="${ns.soap}"><s:Header/><s:Body>${body}${END}`;
}

/** `uuid:` and a GUID in upper case, as Windows writes them. */
export function newMessageId(): string {
  return `uuid:${randomUUID().toUpperCase()}`;
}
