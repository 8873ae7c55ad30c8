import type { CallOptions } from '../call-options.js';
import type { EnumerationOptions } from '../enumerate-options.js';
import type { RequestElement } from '../message/request-element.js';
import type { RequestOptions } from '../message/request-envelope.js';
import type { RequestTarget } from '../message/request-target.js';
import { childText, findChild, type ResponseElement } from '../message/response-element.js';
import { namespaces } from '../message/wsman-names.js';
import type { ClientSession } from '../transport/client-session.js';
import { WsmanTransportError } from '../transport/wsman-transport-error.js';
import type { BatchSource, SequenceEnd } from './create-sequence.js';

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
/** What a Release may take, for which whoever has stopped waits. */
const RELEASE_MS = 5000;

/**
 * Enumerate and Pull until the end (DSP0226 §8). Nothing is sent before the first items are asked for.
 *
 * @param prepare makes the request then; what it throws is thrown to whoever asks
 * @param open is kept up to date
 */
export function openBatches(
  session: ClientSession,
  prepare: () => Promise<EnumerationRequest> | EnumerationRequest,
  call: EnumerationOptions,
  open: OpenEnumeration = {},
): BatchSource<ResponseElement> {
  const { maxElements = MAX_ELEMENTS, optimize = true } = call;
  let isOver = false;

  async function fetch(signal: AbortSignal): Promise<ResponseElement | undefined> {
    const interruptible = { ...call, signal };
    const { request, context } = open;
    if (request !== undefined && context !== undefined)
      return pull(session, request, interruptible, { context, maxElements });
    if (!Number.isInteger(maxElements) || maxElements < 1)
      throw new TypeError('maxElements must be a positive integer');
    open.request = await prepare();
    return begin(session, open.request, interruptible, optimize ? maxElements : undefined);
  }

  return {
    async next(signal) {
      if (isOver) return undefined;
      try {
        const items = takeItems(await fetch(signal), open);
        isOver = open.context === undefined;
        return items;
      } catch (error) {
        // An enumeration that failed is over for the server as well; one that was given up, or whose answer is late, is not.
        if (!signal.aborted && !isLate(error)) open.context = undefined;
        throw error;
      }
    },
    async release() {
      const { request, context } = open;
      open.context = undefined;
      if (request !== undefined && context !== undefined) await release(session, request, call, context);
    },
  };
}

function isLate(error: unknown): boolean {
  return error instanceof WsmanTransportError && error.failure === 'timeout';
}

/** How a sequence of a call is ended from outside. */
export function endedBy(session: ClientSession, { signal }: CallOptions): SequenceEnd {
  return { signal, aborted: session.aborted, isLate, afterwards: session.beforeClose };
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
export async function sendAbout(
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

/** Whoever stops early has what was wanted: that the server could not be told is no failure, and not waited for. */
async function release(
  session: ClientSession,
  request: EnumerationRequest,
  { signal: _, operationTimeoutMs = RELEASE_MS, ...call }: CallOptions,
  context: string,
): Promise<void> {
  const write = (body: RequestElement) => {
    body.ele(namespaces.enumeration, 'n:EnumerationContext').txt(context);
  };
  const patient = { ...call, operationTimeoutMs: Math.min(operationTimeoutMs, RELEASE_MS) };
  await sendAbout(session, request, patient, 'Release', write).catch(() => undefined);
}
