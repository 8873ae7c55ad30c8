import type { Broker } from '../cim/broker.js';
import { messageIdOf, readAddressing } from '../soap/addressing.js';
import { headerBlock, parseEnvelope } from '../soap/envelope.js';
import { faultKeyOf, writeFault } from '../soap/fault-message.js';
import { faultRow } from '../soap/fault-table.js';
import { writeEnvelope } from '../soap/message.js';
import { checkMustUnderstand, expandedName } from '../soap/must-understand.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { encodeXml } from '../xml/encode-xml.js';
import { ns } from '../xml/namespaces.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import { faultOfError, isUnexpected } from './fault-of-error.js';
import { createOperationWatch, type OperationWatch } from './operation-watch.js';
import { identify, isIdentify } from './operations/identify.js';
import { invoke, methodOfAction } from './operations/invoke.js';
import { type RequestHeader, readRequestHeader, understoodBlocks } from './request-header.js';
import { findTarget } from './target.js';
import type { WsmanRequest, WsmanResponse, WsmanService } from './wsman-service.js';

export interface WsmanServiceOptions {
  readonly broker: Broker;
  /** Namespace of DMTF resource URIs without `__cimnamespace`. */
  readonly defaultNamespace: string;
  /** Name of this host, for the `Machine` attribute of faults. */
  readonly machine: string;
  /** Longest time one operation may take, and its time when the client names none: MaxTimeoutms. */
  readonly maxTimeout: number;
}

interface ServiceContext extends WsmanServiceOptions {
  readonly watch: OperationWatch;
}

/** What is known of a request while it is worked on; it fills as reading goes on, so that a fault says as much. */
interface Exchange {
  charset: XmlCharset;
  messageId: string | undefined;
  action: string | undefined;
}

/** What the log is told of a fault. */
type Failure = Pick<WsmanResponse['outcome'], 'fault' | 'reason' | 'cause'>;

const contentTypes: Readonly<Record<XmlCharset, string>> = {
  'utf-8': 'application/soap+xml;charset=UTF-8',
  'utf-16le': 'application/soap+xml;charset=UTF-16',
  'utf-16be': 'application/soap+xml;charset=UTF-16',
};

const understood: ReadonlySet<string> = new Set([
  ...understoodBlocks,
  ...['To', 'Action', 'MessageID', 'ReplyTo', 'FaultTo', 'RelatesTo', 'From'].map((name) =>
    expandedName(ns.addressing, name),
  ),
]);

/** Actions of MS-WSMV 3.1.4.1.39: messages about an operation, which get no envelope in return. */
const oneWayActions: ReadonlySet<string> = new Set(
  ['End', 'Cancel', 'Keepalive', 'Acknowledge'].map(
    (name) => `http://schemas.microsoft.com/wbem/wsman/1/wsman/${name}`,
  ),
);

/** Answers SOAP messages: reads the envelope, finds the operation, writes its answer or the fault. */
export function createWsmanService(serviceOptions: WsmanServiceOptions): WsmanService {
  const options: ServiceContext = { ...serviceOptions, watch: createOperationWatch() };
  return {
    async handle(request) {
      const exchange: Exchange = { charset: likelyCharset(request), messageId: undefined, action: undefined };
      try {
        const xml = await answer(request, exchange, options);
        return xml === undefined ? empty(exchange) : respond(200, xml, exchange, {});
      } catch (error) {
        return fail(error, exchange, options);
      }
    },
  };
}

/** The character set of the answer to a request that cannot even be read. */
function likelyCharset({ charset, body }: WsmanRequest): XmlCharset {
  const mark = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
  if (mark === 0xfeff) return 'utf-16be';
  return mark === 0xfffe || charset?.startsWith('utf-16') ? 'utf-16le' : 'utf-8';
}

async function answer(request: WsmanRequest, exchange: Exchange, options: ServiceContext): Promise<string | undefined> {
  const { root, charset } = readXml(request.body, { charset: request.charset });
  exchange.charset = charset;
  const envelope = parseEnvelope(root);
  if (isIdentify(envelope.body)) {
    checkMustUnderstand(envelope.headers, understood);
    exchange.action = 'Identify';
    return identify(request.user !== undefined, request.securityProfiles);
  }
  exchange.messageId = messageIdOf(envelope.headers);
  if (request.user === undefined) {
    throw new WsmanFault('AccessDenied', 'Only Identify is answered without credentials.');
  }
  // One-way messages have no ReplyTo, so they are recognised before addressing is demanded.
  exchange.action = headerBlock(envelope.headers, ns.addressing, 'Action')?.text.trim();
  if (exchange.action !== undefined && oneWayActions.has(exchange.action)) return undefined;
  const { action } = readAddressing(envelope.headers);
  checkMustUnderstand(envelope.headers, understood);
  const header = readRequestHeader(envelope.headers);
  const xml = await dispatch(action, exchange.messageId, envelope.body, header, request, options);
  checkSize(xml, header, charset);
  return xml;
}

async function dispatch(
  action: string,
  messageId: string | undefined,
  requestBody: XmlElement,
  header: RequestHeader,
  request: WsmanRequest,
  options: ServiceContext,
): Promise<string> {
  if (header.resourceUri === undefined) {
    throw new WsmanFault('InvalidResourceURI', 'The header ResourceURI is missing or empty.');
  }
  if (isStandardAction(action)) {
    throw new WsmanFault('ActionNotSupported', `Action ${action} is not supported by this endpoint.`);
  }
  const target = findTarget(header.resourceUri, header.selectors, options.broker, options.defaultNamespace);
  const methodName = methodOfAction(action, target);
  const timeout = Math.min(header.operationTimeout ?? options.maxTimeout, options.maxTimeout);
  const { user } = request;
  const body = await options.watch.run(timeout, request.signal, (cancellation) =>
    invoke({ target, methodName, body: requestBody, options: header.options, user, cancellation }, options.broker),
  );
  return writeEnvelope({ action: `${action}Response`, relatesTo: messageId, body });
}

/** Get, Enumerate, Subscribe and their kin: actions of WS-Transfer, WS-Enumeration and WS-Eventing. */
function isStandardAction(action: string): boolean {
  return standardActions.some((prefix) => action.startsWith(prefix));
}

const standardActions = [ns.transfer, ns.enumeration, ns.eventing].map((namespace) => `${namespace}/`);

/** DSP0226 §13.1: an answer above the client's MaxEnvelopeSize cannot be sent. The method has run all the same. */
function checkSize(xml: string, header: RequestHeader, charset: XmlCharset): void {
  const { maxEnvelopeSize } = header;
  // No encoding needs more than three bytes per UTF-16 unit, so small answers are not measured.
  if (maxEnvelopeSize === undefined || xml.length * 3 <= maxEnvelopeSize) return;
  const size = charset === 'utf-8' ? Buffer.byteLength(xml) : xml.length * 2 + 2;
  if (size <= maxEnvelopeSize) return;
  throw new WsmanFault(
    'UnreportableSuccess',
    `The operation was carried out, but its answer of ${size} bytes passes the MaxEnvelopeSize of ${maxEnvelopeSize}.`,
  );
}

function fail(error: unknown, exchange: Exchange, options: WsmanServiceOptions): WsmanResponse {
  const fault = faultOfError(error);
  const key = faultKeyOf(fault);
  const xml = writeFault(fault, { relatesTo: exchange.messageId, machine: options.machine });
  const reason = fault instanceof WsmanFault ? fault.reason : fault.message;
  const cause = isUnexpected(error) ? error : undefined;
  return respond(faultRow(key).httpStatus, xml, exchange, { fault: key, reason, cause });
}

function respond(status: number, xml: string, exchange: Exchange, failure: Failure): WsmanResponse {
  const { charset, action, messageId } = exchange;
  return {
    status,
    contentType: contentTypes[charset],
    body: charset === 'utf-8' ? xml : encodeXml(xml, charset),
    outcome: { action, messageId, ...failure },
  };
}

function empty({ action, messageId }: Exchange): WsmanResponse {
  return { status: 204, contentType: undefined, body: '', outcome: { action, messageId } };
}
