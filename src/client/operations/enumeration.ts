import type { CallOptions } from '../call-options.js';
import type { EnumerationOptions } from '../enumerate-options.js';
import type { RequestOptions } from '../message/request-envelope.js';
import type { RequestTarget } from '../message/request-target.js';
import type { RequestElement } from '../message/request-writer.js';
import { childText, findChild, type ResponseElement } from '../message/response-element.js';
import { namespaces } from '../message/wsman-names.js';
import type { ClientSession } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';

/** An enumeration to be run. */
export interface EnumerationRequest {
  readonly target: RequestTarget;
  readonly options?: RequestOptions | undefined;
  /** Writes what `n:Enumerate` holds besides the size of the batches. */
  readonly writeBody?: (enumerate: RequestElement) => void;
}

/** What is known of an enumeration while the server keeps it. */
export interface OpenEnumeration {
  /** Missing before it has begun. */
  request?: EnumerationRequest;
  /** Missing before the first answer, and when all has arrived. */
  context?: string | undefined;
}

const MAX_ELEMENTS = 1000;

/**
 * Enumerate and Pull until the end (DSP0226 §8). Nothing is sent before the first item is asked for; who stops early
 * has the enumeration released, so that the server need not keep it.
 *
 * @param open is kept up to date
 * @throws WsmanClientError, WsmanTransportError
 */
export async function* enumerateItems(
  session: ClientSession,
  request: EnumerationRequest,
  call: EnumerationOptions,
  open: OpenEnumeration = {},
): AsyncGenerator<ResponseElement, void, undefined> {
  open.request = request;
  const { maxElements = MAX_ELEMENTS, optimize = true } = call;
  if (!Number.isInteger(maxElements) || maxElements < 1) throw new TypeError('maxElements must be a positive integer');
  try {
    let batch = await begin(session, request, call, optimize ? maxElements : undefined);
    for (;;) {
      yield* takeItems(batch, open);
      if (open.context === undefined) return;
      batch = await pull(session, request, call, { context: open.context, maxElements });
    }
  } catch (error) {
    // An enumeration that failed is over for the server as well; one that was aborted is not.
    if (!call.signal?.aborted) open.context = undefined;
    throw error;
  } finally {
    const { context } = open;
    open.context = undefined;
    if (context !== undefined) await release(session, request, call, context);
  }
}

/** @param maxElements how many items may come with the answer; undefined: none (DSP0226 §8.2.3) */
function begin(
  session: ClientSession,
  request: EnumerationRequest,
  call: CallOptions,
  maxElements: number | undefined,
): Promise<ResponseElement | undefined> {
  return sendAbout(session, request, call, 'Enumerate', (body) => {
    if (maxElements !== undefined) {
      body.ele(namespaces.wsman, 'w:OptimizeEnumeration');
      body.ele(namespaces.wsman, 'w:MaxElements').txt(String(maxElements));
    }
    request.writeBody?.(body);
  });
}

function pull(
  session: ClientSession,
  request: EnumerationRequest,
  call: CallOptions,
  { context, maxElements }: { readonly context: string; readonly maxElements: number },
): Promise<ResponseElement | undefined> {
  return sendAbout(session, request, call, 'Pull', (body) => {
    body.ele(namespaces.enumeration, 'n:EnumerationContext').txt(context);
    body.ele(namespaces.enumeration, 'n:MaxElements').txt(String(maxElements));
  });
}

/** The items of an answer, which also tells how the enumeration goes on. */
function takeItems(batch: ResponseElement | undefined, open: OpenEnumeration): readonly ResponseElement[] {
  if (!batch) throw new WsmanTransportError('response', 'the answer to an enumeration is empty');
  // A Pull may leave out the context when it stays the same (WS-Enumeration §3.2).
  open.context = isLast(batch) ? undefined : (childText(batch, 'EnumerationContext') ?? open.context);
  return findChild(batch, 'Items')?.children ?? [];
}

/** The mark stands in the namespace of the operation: that of WS-Man in an optimized answer (DSP0226 §8.2.3). */
function isLast(batch: ResponseElement): boolean {
  return findChild(batch, 'EndOfSequence') !== undefined;
}

/** Sends one message of the enumeration. @returns the element in the Body of the answer, if there is one */
async function sendAbout(
  session: ClientSession,
  { target, options }: EnumerationRequest,
  call: CallOptions,
  name: 'Enumerate' | 'Pull' | 'Release' | 'GetStatus' | 'Renew',
  write: (body: RequestElement) => void,
): Promise<ResponseElement | undefined> {
  const message = {
    ...target,
    action: `${namespaces.enumeration}/${name}`,
    options: { ...options, ...call.options },
    writeBody: (body: RequestElement) => write(body.ele(namespaces.enumeration, `n:${name}`)),
  };
  const answer = await session.send(message, call);
  return answer.body.children[0];
}

/** Whoever stops early has what was wanted: that the server could not be told is no failure. */
async function release(
  session: ClientSession,
  request: EnumerationRequest,
  { signal: _, ...call }: CallOptions,
  context: string,
): Promise<void> {
  const write = (body: RequestElement) => {
    body.ele(namespaces.enumeration, 'n:EnumerationContext').txt(context);
  };
  await sendAbout(session, request, call, 'Release', write).catch(() => undefined);
}

/**
 * Asks how long the server will keep an enumeration (GetStatus), or asks it to keep it for longer (Renew; WS-Enumeration §3.3,
 * §3.4).
 *
 * @param forMs what to ask for; undefined only asks
 * @returns milliseconds from now; undefined when there is nothing to keep, or the server does not say
 */
export async function askLifetime(
  session: ClientSession,
  { request, context }: OpenEnumeration,
  call: CallOptions,
  forMs?: number,
): Promise<number | undefined> {
  if (forMs !== undefined && !(forMs > 0)) throw new TypeError('an enumeration is renewed for more than no time');
  if (request === undefined || context === undefined) return undefined;
  const answer = await sendAbout(session, request, call, forMs === undefined ? 'GetStatus' : 'Renew', (body) => {
    body.ele(namespaces.enumeration, 'n:EnumerationContext').txt(context);
    if (forMs !== undefined) body.ele(namespaces.enumeration, 'n:Expires').txt(`PT${(forMs / 1000).toFixed(3)}S`);
  });
  return readExpires(childText(answer, 'Expires'));
}

/** `n:Expires` is a duration or a moment (WS-Enumeration §3.1). */
function readExpires(text = ''): number | undefined {
  const [duration, days = 0, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(text) ?? [];
  if (duration !== undefined)
    return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment - Date.now();
}

const DURATION = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/;
