import { offeredSchemes } from '../transport/parse-challenges.js';
import type { TransportResponse } from '../transport/transport.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import { looksLikeSoap } from './looks-like-soap.js';
import { decodeMessage } from './message-charset.js';
import { readFault } from './read-fault.js';
import { readResponseXml } from './read-response-xml.js';
import { childText, findChild, type ResponseElement } from './response-element.js';
import { toldReason } from './told-reason.js';
import { namespaces } from './wsman-names.js';

/** An answer without a fault. */
export interface AnswerEnvelope {
  readonly body: ResponseElement;
  /** The text as it came. */
  readonly xml: string;
  /** Why it ended as it did, where our own server tells. */
  readonly reason: string | undefined;
}

interface ParsedEnvelope extends Omit<AnswerEnvelope, 'reason'> {
  readonly header: ResponseElement | undefined;
}

/** What a person should do about an HTTP status that brings no fault. */
const advice: Readonly<Record<number, string>> = {
  403: 'the endpoint forbids this request: check the path of the URL (/wsman) and the rights of the user',
  404: 'there is no WS-Man endpoint at this path: check the URL (usually /wsman)',
  405: 'there is no WS-Man endpoint at this path: check the URL (usually /wsman)',
  413: 'the request is larger than the endpoint takes: send less, or raise its limit',
  415: 'the endpoint does not take this content type: try the other charset (utf-8 or utf-16)',
  431: 'the HTTP headers are larger than the endpoint takes',
  503: 'the endpoint is too busy or shutting down: try again',
};

/**
 * Reads an answer of any HTTP status: servers send faults with 500 (Windows, OMI) and with 400, 501 or 503 (openwsman).
 *
 * @param messageId of the request: an answer that names another is none to it. One that names none is taken.
 * @throws WsmanClientError when it is a fault
 * @throws WsmanTransportError when it is no SOAP envelope
 */
export function readEnvelope(response: TransportResponse, messageId?: string): AnswerEnvelope {
  if (response.status === 401) throw unauthorized(response);
  if (response.status !== 200 && !looksLikeSoap(response)) throw httpError(response);
  if (response.body.length === 0) throw emptyAnswer(response.status);
  const { header, body, xml } = parseEnvelope(response);
  const relatesTo = header && childText(header, 'RelatesTo');
  if (messageId !== undefined && relatesTo !== undefined && !isSameMessage(relatesTo, messageId))
    throw otherMessage(relatesTo, response.status);
  const fault = findChild(body, 'Fault', namespaces.soap);
  const reason = toldReason(response.headers);
  if (fault) throw readFault(fault, reason);
  if (response.status !== 200) throw httpError(response);
  return { body, xml, reason };
}

/** Some servers write the UUID in other letters, or `urn:uuid:` before it. */
function isSameMessage(one: string, other: string): boolean {
  const bare = (id: string) =>
    id
      .trim()
      .replace(/^(?:urn:)?uuid:/i, '')
      .toLowerCase();
  return bare(one) === bare(other);
}

function otherMessage(relatesTo: string, status: number): WsmanTransportError {
  const message = `the answer is to another message: it relates to '${relatesTo.trim().slice(0, 60)}'`;
  return new WsmanTransportError('response', message, { status });
}

function parseEnvelope(response: TransportResponse): ParsedEnvelope {
  try {
    const xml = decodeMessage(response.body);
    const envelope = readResponseXml(xml);
    if (envelope.name !== 'Envelope') throw new SyntaxError(`its root element is ${envelope.name}`);
    if (envelope.namespace !== namespaces.soap) throw new SyntaxError(otherSoap(envelope));
    const body = findChild(envelope, 'Body', namespaces.soap);
    if (!body) throw new SyntaxError('it has no Body');
    return { header: findChild(envelope, 'Header', namespaces.soap), body, xml };
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'its text is not in the encoding it starts with';
    const type = response.headers.get('content-type');
    const shown = looksLikeSoap(response) || type === undefined ? '' : ` (content type ${type.slice(0, 60)})`;
    throw new WsmanTransportError('response', `the answer is not a WS-Man message${shown}: ${why}`, {
      status: response.status,
      cause: error,
    });
  }
}

/** A sign-in ends so; a message does not. */
function emptyAnswer(status: number): WsmanTransportError {
  return new WsmanTransportError('response', `HTTP ${status}, but the answer is empty: is this a WS-Man endpoint?`, {
    status,
  });
}

const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';

/** What a fault of SOAP 1.1 says (its §4.4), for a person to find out who answered. */
function otherSoap(envelope: ResponseElement): string {
  if (envelope.namespace !== SOAP_1_1) return 'it is not SOAP 1.2';
  const fault = findChild(findChild(envelope, 'Body'), 'Fault');
  if (!fault) return 'it is SOAP 1.1, and WS-Man is SOAP 1.2';
  const [code, text] = [childText(fault, 'faultcode'), childText(fault, 'faultstring')];
  return `it is a fault of SOAP 1.1, which WS-Man does not use: ${[code, text].filter(Boolean).join(', ').slice(0, 300)}`;
}

function unauthorized(response: TransportResponse): WsmanTransportError {
  const { scheme, headers } = response;
  const schemes = offeredSchemes(response);
  const offer = schemes === undefined ? '' : ` (the endpoint offers ${schemes})`;
  const message =
    scheme === undefined
      ? `the endpoint asks for a user name and a password${offer}`
      : `the endpoint refused the user name or the password, sent by ${scheme}${offer}${clockHint(headers.get('date'))}`;
  return new WsmanTransportError('unauthorized', message, { status: 401 });
}

/** More than what Kerberos forgives; NTLM forgives hours, but not days. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** A clock that is wrong is a reason for a refusal that no server tells. */
function clockHint(date: string | undefined): string {
  const difference = date === undefined ? 0 : Date.parse(date) - Date.now();
  if (!(Math.abs(difference) > CLOCK_SKEW_MS)) return '';
  const minutes = Math.round(Math.abs(difference) / 60_000);
  return `; its clock is ${minutes} minutes ${difference > 0 ? 'ahead of' : 'behind'} this machine's, which can be the reason`;
}

function httpError({ status, headers, body }: TransportResponse): WsmanTransportError {
  const type = headers.get('content-type') ?? '';
  const text = type.startsWith('text/plain') ? Buffer.from(body).toString('utf8').trim().slice(0, 200) : '';
  const hint = advice[status] ?? (text || 'the answer has no SOAP fault: is this a WS-Man endpoint?');
  return new WsmanTransportError('http', `HTTP ${status}: ${hint.replace(/\s+/g, ' ')}`, { status });
}
