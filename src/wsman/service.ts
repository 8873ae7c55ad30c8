import { brokerOf } from '../cim/broker.js';
import { accessOf } from '../cim/contracts/access.js';
import { type Call, callWithAccess } from '../cim/contracts/call.js';
import { messageIdOf, readAddressing } from '../soap/addressing.js';
import { type Envelope, headerBlock, headersOfInvalid, parseEnvelope } from '../soap/envelope.js';
import { faultKeyOf } from '../soap/fault-message.js';
import { faultRow } from '../soap/fault-table.js';
import { writeEnvelope } from '../soap/message.js';
import { type BlockNames, checkMustUnderstand } from '../soap/must-understand.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { interned } from '../strings/interned.js';
import { rememberByText } from '../strings/remember-by-text.js';
import { encodeXml } from '../xml/encode-xml.js';
import { escapeText } from '../xml/escape-xml.js';
import { ns } from '../xml/namespaces.js';
import { type ReadDocument, readBeginning, readXml } from '../xml/read-xml.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import { XmlError } from '../xml/xml-error.js';
import { checkResource } from './access/check-resource.js';
import { encodedSize } from './encoded-size.js';
import { explainUnknownName } from './explain-unknown-name.js';
import { faultOfError, isUnexpected } from './fault-of-error.js';
import { type RequestHeader, readRequestHeader, understoodBlocks } from './header/request-header.js';
import type { OperationContext, OperationFindings } from './operation.js';
import { createOperationQuota, type OperationQuota } from './operation-quota.js';
import { findOperation, findRow, isOneWay, type OperationRow } from './operation-table.js';
import { createOperationWatch, type OperationWatch } from './operation-watch.js';
import { identify, isIdentify } from './operations/identify.js';
import { createReadLargeMessage, LARGE_MESSAGE_BYTES, type ReadLargeMessage } from './read-large-message.js';
import { findResource } from './resource.js';
import { joinReasons, tellableReasons } from './tellable-reasons.js';
import { writeFittingFault } from './write-fitting-fault.js';
import { IDENTIFY, type WsmanOperationSeam, wsmanOperationOf } from './wsman-operation.js';
import type { Outcome, WsmanRequest, WsmanResponse, WsmanService } from './wsman-service.js';

export interface WsmanServiceOptions extends OperationContext {
  /** Namespace of DMTF resource URIs without `__cimnamespace`. */
  readonly defaultNamespace: string;
  /** What stands before the operations whose header could be read. */
  readonly seam?: WsmanOperationSeam | undefined;
}

interface ServiceContext extends WsmanServiceOptions {
  readonly watch: OperationWatch;
  readonly quota: OperationQuota;
  readonly readLargeMessage: ReadLargeMessage;
}

/** What is known of a message while it is worked on; it fills as reading goes on, so that a fault says as much. */
interface Exchange extends OperationFindings {
  charset: XmlCharset;
  headers: readonly XmlElement[];
  messageId: string | undefined;
  action: string | undefined;
  className: string | undefined;
}

/** What the outcome says of a fault. */
type Failure = Pick<Outcome, 'fault' | 'reason' | 'cause'>;

const contentTypes: Readonly<Record<XmlCharset, string>> = {
  'utf-8': 'application/soap+xml;charset=UTF-8',
  'utf-16le': 'application/soap+xml;charset=UTF-16',
  'utf-16be': 'application/soap+xml;charset=UTF-16',
};

const NO_HEADERS: readonly XmlElement[] = [];

const understood: BlockNames = new Map([
  ...understoodBlocks,
  [ns.addressing, new Set(['To', 'Action', 'MessageID', 'ReplyTo', 'FaultTo', 'RelatesTo', 'From'])],
]);

/** Answers SOAP messages: reads the envelope, finds the operation, writes its answer or the fault. */
export function createWsmanService(serviceOptions: WsmanServiceOptions): WsmanService {
  const options: ServiceContext = {
    ...serviceOptions,
    watch: createOperationWatch(),
    quota: createOperationQuota(serviceOptions.settings),
    readLargeMessage: createReadLargeMessage(),
  };
  return {
    async handle(request, call) {
      const exchange: Exchange = {
        charset: likelyCharset(request),
        headers: NO_HEADERS,
        messageId: undefined,
        action: undefined,
        className: undefined,
        target: undefined,
        returned: undefined,
        items: undefined,
      };
      try {
        const xml = await answer(request, call, exchange, options);
        return respond(xml === undefined ? 204 : 200, xml, exchange, {}, request, call, options);
      } catch (error) {
        if (error instanceof XmlError && error.code === 'undeclared-prefix') nameMessage(exchange, request);
        return fail(error, exchange, request, call, options);
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

/** Not asynchronous itself: few messages are waited for here, and every promise on the way costs (docs/performance.md). */
function answer(
  request: WsmanRequest,
  call: Call,
  exchange: Exchange,
  options: ServiceContext,
): string | undefined | Promise<string | undefined> {
  return request.body.byteLength > LARGE_MESSAGE_BYTES
    ? options.readLargeMessage(request).then((document) => answerDocument(document, request, call, exchange, options))
    : answerDocument(readXml(request.body, { charset: request.charset }), request, call, exchange, options);
}

function answerDocument(
  { root, charset }: ReadDocument,
  request: WsmanRequest,
  call: Call,
  exchange: Exchange,
  options: ServiceContext,
): string | undefined | Promise<string> {
  exchange.charset = charset;
  const envelope = openEnvelope(root, exchange);
  exchange.headers = envelope.headers;
  exchange.messageId = messageIdOf(envelope.headers);
  if (isIdentify(envelope.body)) {
    checkMustUnderstand(envelope.headers, understood);
    exchange.action = 'Identify';
    const identified = () => identify(call.user !== undefined, request.securityProfiles);
    const intercept = options.seam?.interceptor;
    if (intercept === undefined) return identified();
    return intercept(IDENTIFY, call, async () => ({ body: identified() })).then(({ body }) => body);
  }
  if (call.user === undefined) {
    throw new WsmanFault('AccessDenied', 'Only Identify is answered without credentials.');
  }
  exchange.action = headerBlock(envelope.headers, ns.addressing, 'Action')?.text.trim();
  if (isOneWay(exchange.action)) return undefined;
  const { action } = readAddressing(envelope.headers);
  checkMustUnderstand(envelope.headers, understood);
  const header = readRequestHeader(envelope.headers);
  return carryOut({ action, header, body: envelope.body, user: call.user }, request, call, exchange, options);
}

/** Of one that is none, the fault still says which message it is about (DSP0226 §14.2). */
function openEnvelope(root: XmlElement, exchange: Exchange): Envelope {
  try {
    return parseEnvelope(root);
  } catch (error) {
    exchange.headers = headersOfInvalid(root);
    exchange.messageId = messageIdOf(exchange.headers);
    throw error;
  }
}

/** Of one that is not even read, as far as its own prefix of WS-Addressing is declared. */
function nameMessage(exchange: Exchange, { body, charset }: WsmanRequest): void {
  const root = readBeginning(body, { charset });
  if (root !== undefined) exchange.messageId = messageIdOf(headersOfInvalid(root));
}

/** A message that asks for an operation. */
interface Message {
  readonly action: string;
  readonly header: RequestHeader;
  readonly body: XmlElement;
  readonly user: string;
}

/** Runs the operation that the action asks for, in the time it has, and wraps its answer. */
async function carryOut(
  { action, header, body, user }: Message,
  { permissions, client }: WsmanRequest,
  given: Call,
  exchange: Exchange,
  context: ServiceContext,
): Promise<string> {
  if (header.resourceUri === undefined) {
    throw new WsmanFault('InvalidResourceURI', 'The header ResourceURI is missing or empty.');
  }
  const { charset } = exchange;
  const resource = findResource(header.resourceUri, header.selectors, context.namespaces, context.defaultNamespace);
  if (resource.kind === 'class') exchange.className = resource.className;
  const row = findRow(action);
  const operation = findOperation(row, action, resource, header.fragment !== undefined);
  let call = given;
  if (permissions !== undefined && row.right !== undefined) {
    const access = accessOf(permissions, row.right);
    checkResource(access, resource);
    call = callWithAccess(given, access);
  }
  const { maxTimeoutMs, maxEnvelopeSizeKb } = context.settings.current;
  const timeout = Math.min(header.operationTimeout ?? maxTimeoutMs, maxTimeoutMs);
  const whole = Math.min(header.maxEnvelopeSize ?? Number.POSITIVE_INFINITY, maxEnvelopeSizeKb * 1024);
  const maxEnvelopeSize = whole - bytesOfLongName(exchange.messageId, charset);
  const broker = brokerOf(context.handler, call);
  const run = () =>
    operation({ action, header, body, resource, call, broker, findings: exchange, charset, maxEnvelopeSize }, context);
  const intercept = context.seam?.interceptor;
  const work =
    intercept === undefined
      ? run
      : () => intercept(wsmanOperationOf(action, row.action === '', resource, header), call, run);
  const answer = await context.watch.run(timeout, client, call.cancellation, () => context.quota.run(user, work));
  const xml = writeEnvelope({
    action: responseAction(action),
    relatesTo: exchange.messageId,
    body: answer.body,
    extraHeaders: answer.headers,
  });
  checkSize(xml, row, header, charset, context.settings.current.maxEnvelopeSizeKb * 1024);
  return xml;
}

/** What the answer must hold for the name of its request, where that is longer than names are and so not reckoned with elsewhere. */
function bytesOfLongName(messageId: string | undefined, charset: XmlCharset): number {
  return messageId === undefined || messageId.length <= 100 ? 0 : encodedSize(escapeText(messageId), charset);
}

/** Interned, and so escaped faster than text that was just joined. */
const responseAction = rememberByText((action) => interned(`${action}Response`));

/**
 * DSP0226 §13.1: an answer above the client's MaxEnvelopeSize cannot be sent; one above the service's own neither
 * (MS-WSMV 3.1.4.1.7). What was carried out stays so, and the fault says it.
 */
function checkSize(
  xml: string,
  { changes }: OperationRow,
  header: RequestHeader,
  charset: XmlCharset,
  ownLimit: number,
): void {
  const limit = Math.min(header.maxEnvelopeSize ?? ownLimit, ownLimit);
  // No encoding needs more than three bytes per UTF-16 unit, so small answers are not measured.
  if (xml.length * 3 <= limit) return;
  const size = encodedSize(xml, charset);
  if (size <= limit) return;
  throw changes
    ? new WsmanFault(
        'UnreportableSuccess',
        `The operation was carried out, but its answer of ${size} bytes passes the MaxEnvelopeSize of ${limit}.`,
      )
    : new WsmanFault('MaxEnvelopeSizeExceeded', `The answer of ${size} bytes passes the MaxEnvelopeSize of ${limit}.`);
}

function fail(
  error: unknown,
  exchange: Exchange,
  request: WsmanRequest,
  call: Call,
  options: WsmanServiceOptions,
): WsmanResponse {
  const { permissions } = request;
  explainUnknownName(error, { call, permissions, namespaces: options.namespaces, target: exchange.target });
  const fault = faultOfError(error);
  const key = faultKeyOf(fault);
  const { charset, headers, messageId: relatesTo } = exchange;
  const ownLimit = options.settings.current.maxEnvelopeSizeKb * 1024;
  // What this host is called is nothing for those who have not said who they are.
  const machine = call.user === undefined ? '' : options.facts.machine;
  const xml = writeFittingFault(fault, { relatesTo, machine, headers, charset, ownLimit });
  const reason = fault instanceof WsmanFault ? fault.reason : fault.message;
  const cause = isUnexpected(error) ? error : undefined;
  return respond(faultRow(key).httpStatus, xml, exchange, { fault: key, reason, cause }, request, call, options);
}

function respond(
  status: number,
  xml: string | undefined,
  exchange: Exchange,
  { fault, reason, cause }: Failure,
  { permissions }: WsmanRequest,
  { reasons }: Call,
  { namespaces }: WsmanServiceOptions,
): WsmanResponse {
  const { charset, action, messageId, className, target, returned, items } = exchange;
  const isExplained = reasons.length > 0;
  return {
    status,
    contentType: xml === undefined ? undefined : contentTypes[charset],
    body: xml === undefined ? '' : charset === 'utf-8' ? xml : encodeXml(xml, charset),
    outcome: {
      action,
      messageId,
      className,
      target,
      returned,
      items,
      fault,
      reason: isExplained ? joinReasons(reason, reasons) : reason,
      tellable: isExplained ? joinReasons(reason, tellableReasons(reasons, permissions, namespaces)) : reason,
      cause,
    },
  };
}
