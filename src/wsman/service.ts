import { messageIdOf, readAddressing } from '../soap/addressing.js';
import { headerBlock, parseEnvelope } from '../soap/envelope.js';
import { faultKeyOf, writeFault } from '../soap/fault-message.js';
import { faultRow } from '../soap/fault-table.js';
import { writeEnvelope } from '../soap/message.js';
import { type BlockNames, checkMustUnderstand } from '../soap/must-understand.js';
import { WsmanFault } from '../soap/wsman-fault.js';
import { interned } from '../strings/interned.js';
import { rememberByText } from '../strings/remember-by-text.js';
import { encodeXml } from '../xml/encode-xml.js';
import { ns } from '../xml/namespaces.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlCharset } from '../xml/xml-charset.js';
import type { XmlElement } from '../xml/xml-element.js';
import { checkResource } from './access/check-resource.js';
import { createContextRestriction } from './access/restrict-context.js';
import { rightOfAction } from './access/right-of-action.js';
import { findOperation } from './dispatch.js';
import { faultOfError, isUnexpected } from './fault-of-error.js';
import type { OperationContext } from './operation.js';
import { createOperationQuota, type OperationQuota } from './operation-quota.js';
import { createOperationWatch, type OperationWatch } from './operation-watch.js';
import { identify, isIdentify } from './operations/identify.js';
import { type RequestHeader, readRequestHeader, understoodBlocks } from './request-header.js';
import { findResource } from './resource.js';
import type { Permissions, WsmanRequest, WsmanResponse, WsmanService } from './wsman-service.js';

export interface WsmanServiceOptions extends OperationContext {
  /** Namespace of DMTF resource URIs without `__cimnamespace`. */
  readonly defaultNamespace: string;
}

interface ServiceContext extends WsmanServiceOptions {
  readonly watch: OperationWatch;
  readonly quota: OperationQuota;
  readonly restrict: ReturnType<typeof createContextRestriction>;
}

/** What is known of a request while it is worked on; it fills as reading goes on, so that a fault says as much. */
interface Exchange {
  charset: XmlCharset;
  messageId: string | undefined;
  action: string | undefined;
}

/** Who asks, and how. */
interface Sender {
  readonly user: string;
  readonly permissions: Permissions | undefined;
  readonly signal: AbortSignal;
  readonly charset: XmlCharset;
}

/** What the log is told of a fault. */
type Failure = Pick<WsmanResponse['outcome'], 'fault' | 'reason' | 'cause'>;

const contentTypes: Readonly<Record<XmlCharset, string>> = {
  'utf-8': 'application/soap+xml;charset=UTF-8',
  'utf-16le': 'application/soap+xml;charset=UTF-16',
  'utf-16be': 'application/soap+xml;charset=UTF-16',
};

const understood: BlockNames = new Map([
  ...understoodBlocks,
  [ns.addressing, new Set(['To', 'Action', 'MessageID', 'ReplyTo', 'FaultTo', 'RelatesTo', 'From'])],
]);

/** Actions of MS-WSMV 3.1.4.1.39: messages about an operation, which get no envelope in return. */
const oneWayActions: ReadonlySet<string> = new Set(
  ['End', 'Cancel', 'Keepalive', 'Acknowledge'].map(
    (name) => `http://schemas.microsoft.com/wbem/wsman/1/wsman/${name}`,
  ),
);

/** Answers SOAP messages: reads the envelope, finds the operation, writes its answer or the fault. */
export function createWsmanService(serviceOptions: WsmanServiceOptions): WsmanService {
  const options: ServiceContext = {
    ...serviceOptions,
    watch: createOperationWatch(),
    quota: createOperationQuota(serviceOptions.settings),
    restrict: createContextRestriction(serviceOptions),
  };
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

/** Not asynchronous itself: it waits for nothing, and every promise on the way costs (docs/performance.md). */
function answer(
  request: WsmanRequest,
  exchange: Exchange,
  options: ServiceContext,
): string | undefined | Promise<string> {
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
  const message = { action, messageId: exchange.messageId, body: envelope.body };
  const { user, permissions, signal } = request;
  return carryOut(message, header, { user, permissions, signal, charset }, options);
}

/** Runs the operation that the action asks for, in the time it has, and wraps its answer. */
async function carryOut(
  message: { readonly action: string; readonly messageId: string | undefined; readonly body: XmlElement },
  header: RequestHeader,
  sender: Sender,
  context: ServiceContext,
): Promise<string> {
  if (header.resourceUri === undefined) {
    throw new WsmanFault('InvalidResourceURI', 'The header ResourceURI is missing or empty.');
  }
  const { action, body } = message;
  const { user, permissions, signal, charset } = sender;
  const resource = findResource(header.resourceUri, header.selectors, context.broker, context.defaultNamespace);
  const operation = findOperation(action, resource, header);
  let operationContext: OperationContext = context;
  if (permissions !== undefined) {
    const restricted = context.restrict(permissions, rightOfAction(action));
    checkResource(restricted.access, resource);
    operationContext = restricted;
  }
  const { maxTimeoutMs, maxEnvelopeSizeKb } = context.settings.current;
  const timeout = Math.min(header.operationTimeout ?? maxTimeoutMs, maxTimeoutMs);
  const maxEnvelopeSize = Math.min(header.maxEnvelopeSize ?? Number.POSITIVE_INFINITY, maxEnvelopeSizeKb * 1024);
  const answer = await context.watch.run(timeout, signal, (cancellation) =>
    context.quota.run(user, () =>
      operation({ action, header, body, user, cancellation, charset, maxEnvelopeSize }, operationContext),
    ),
  );
  const xml = writeEnvelope({
    action: responseAction(action),
    relatesTo: message.messageId,
    body: answer.body,
    extraHeaders: answer.headers,
  });
  checkSize(xml, action, header, charset, context.settings.current.maxEnvelopeSizeKb * 1024);
  return xml;
}

/** Interned, and so escaped faster than text that was just joined. */
const responseAction = rememberByText((action) => interned(`${action}Response`));

/**
 * DSP0226 §13.1: an answer above the client's MaxEnvelopeSize cannot be sent; one above the service's own neither
 * (MS-WSMV 3.1.4.1.7). What was carried out stays so, and the fault says it.
 */
function checkSize(xml: string, action: string, header: RequestHeader, charset: XmlCharset, ownLimit: number): void {
  const limit = Math.min(header.maxEnvelopeSize ?? ownLimit, ownLimit);
  // No encoding needs more than three bytes per UTF-16 unit, so small answers are not measured.
  if (xml.length * 3 <= limit) return;
  const size = charset === 'utf-8' ? Buffer.byteLength(xml) : xml.length * 2 + 2;
  if (size <= limit) return;
  const changesNothing = action === `${ns.transfer}/Get` || action.startsWith(`${ns.enumeration}/`);
  throw changesNothing
    ? new WsmanFault('MaxEnvelopeSizeExceeded', `The answer of ${size} bytes passes the MaxEnvelopeSize of ${limit}.`)
    : new WsmanFault(
        'UnreportableSuccess',
        `The operation was carried out, but its answer of ${size} bytes passes the MaxEnvelopeSize of ${limit}.`,
      );
}

function fail(error: unknown, exchange: Exchange, options: WsmanServiceOptions): WsmanResponse {
  const fault = faultOfError(error);
  const key = faultKeyOf(fault);
  const xml = writeFault(fault, { relatesTo: exchange.messageId, machine: options.facts.machine });
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
