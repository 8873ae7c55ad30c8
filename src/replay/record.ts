import type { Call } from '../cim/contracts/call.js';
import { contentType, decodeMessage } from '../client/message/message-charset.js';
import type { Transport, TransportResponse } from '../client/transport/transport.js';
import type { Secrets } from '../secrets/secrets.js';
import { parseClassUri } from '../wscim/resource-uri.js';
import { parseDuration } from '../wsman/header/duration.js';
import type { WsmanInterceptor, WsmanRequest, WsmanResponse } from '../wsman/wsman-service.js';
import { faultWith } from './answer-with.js';
import { type Element, readElement } from './element.js';
import { type EnumerationPart, readAnswer, readEnumerationPart } from './message-answer.js';
import { type ReadRequest, type RequestDetails, readRequest } from './message-request.js';
import type { RecordedMessage } from './recording.js';

/** Where messages are handed on to, and what becomes of what was said. */
export interface RecorderOptions {
  /** Signs in by itself. */
  readonly upstream: Transport;
  /** Told of each message that was answered, in the order of the answers. */
  write(message: RecordedMessage): void;
  /** What is not written down. */
  readonly secrets: Secrets;
}

/** As WinRM's MaxTimeoutms, and the way there and back. */
const DEFAULT_MS = 60_000;
/** A message that gets no envelope in return. */
const NO_ANSWER = '<Envelope/>';
const NETWORK_DELAY_MS = 5_000;

/**
 * Stands in the place of the service: hands every message of an authenticated caller on to another endpoint, byte by byte, and its
 * answer back, and tells what was said. What is no message is left to the service, which says what is wrong with it.
 */
export function recorder({ upstream, write, secrets }: RecorderOptions): WsmanInterceptor {
  const enumerations = new Enumerations();

  /** @throws WsmanTransportError when there is no answer; Error for one that is no message */
  async function handOn(read: TextAndRequest, request: WsmanRequest, call: Call): Promise<WsmanResponse> {
    const startedAt = performance.now();
    const at = new Date(call.now()).toISOString();
    const response = await send(upstream, request, read.details);
    const xml = response.body.length === 0 ? NO_ANSWER : decodeMessage(response.body);
    const root = readEnvelope(xml, response.status);
    const { uri } = read.details;
    const masking = secrets.begin();
    const className = parseClassUri(uri)?.className;
    const classNames = className === undefined ? [] : [className];
    const asked = masking.text(read.xml, classNames);
    write({
      at,
      ms: Math.round(performance.now() - startedAt),
      user: call.user,
      request: readRequest(readElement(asked)).request,
      ...(uri !== '' && { uri }),
      enumeration: enumerations.idOf(read, readEnumerationPart(root)),
      answer: readAnswer(readElement(masking.quoting(xml, classNames)), response.status),
    });
    return handedBack(response, read.details, root);
  }

  return (next) => async (request, call) => {
    const read = call.user === undefined ? undefined : tryRead(request);
    if (read === undefined) return next(request, call);
    try {
      return await handOn(read, request, call);
    } catch (error) {
      const reason = `the recorded endpoint gave no answer: ${error instanceof Error ? error.message : String(error)}`;
      call.explain(reason);
      return faultWith('InternalError', reason, read.details);
    }
  };
}

type TextAndRequest = ReadRequest & { readonly xml: string };

function tryRead({ body }: WsmanRequest): TextAndRequest | undefined {
  try {
    const xml = decodeMessage(body);
    return { xml, ...readRequest(readElement(xml)) };
  } catch {
    return undefined;
  }
}

/** @throws Error with the status for what is no message: a page of a proxy, a refusal to sign in */
function readEnvelope(xml: string, status: number): Element {
  if (status === 401) throw new Error('it refuses the account that signs in there (HTTP 401)');
  try {
    return readElement(xml);
  } catch (error) {
    throw new Error(`it answers HTTP ${status} with what is no message`, { cause: error });
  }
}

async function send(
  upstream: Transport,
  { body, charset, client }: WsmanRequest,
  { timeout }: RequestDetails,
): Promise<TransportResponse> {
  const wanted = timeout === undefined ? undefined : parseDuration(timeout);
  const type = contentType(charset?.startsWith('utf-16') ? 'utf-16' : 'utf-8');
  return upstream.post(body, {
    headers: { 'content-type': type },
    timeoutMs: (wanted ?? DEFAULT_MS) + NETWORK_DELAY_MS,
    signal: client.signal,
  });
}

function handedBack(
  { status, headers, body }: TransportResponse,
  details: RequestDetails,
  root: Element,
): WsmanResponse {
  const { fault } = readAnswer(root, status);
  const { action, messageId } = details;
  return {
    status,
    contentType: headers.get('content-type') ?? 'application/soap+xml;charset=UTF-8',
    body,
    outcome: { action, messageId, ...(fault && { reason: `${fault.code}: ${fault.text}` }) },
  };
}

/** Which messages are of one enumeration: the endpoint may give it another context with every Pull. */
class Enumerations {
  readonly #byContext = new Map<string, string>();
  #count = 0;

  idOf({ request, details }: ReadRequest, { context, ended }: EnumerationPart): string | undefined {
    const known = details.context === undefined ? undefined : this.#byContext.get(details.context);
    const id =
      known ?? (request.operation === 'Enumerate' && (context !== undefined || ended) ? this.#next() : undefined);
    if (details.context !== undefined) this.#byContext.delete(details.context);
    if (id !== undefined && context !== undefined && request.operation !== 'Release') this.#byContext.set(context, id);
    return id;
  }

  #next(): string {
    this.#count += 1;
    return `e${this.#count}`;
  }
}
