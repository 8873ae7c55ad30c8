import type { CallOptions } from '../call-options.js';
import type { ClientSession } from '../client-session.js';
import type { EnumerationOptions } from '../enumerate-options.js';
import type { RequestOptions } from '../request-envelope.js';
import type { RequestTarget } from '../request-target.js';
import type { RequestElement } from '../request-writer.js';
import { childText, findChild, type ResponseElement } from '../response-element.js';
import { namespaces } from '../wsman-names.js';
import { WsmanTransportError } from '../wsman-transport-error.js';

/** An enumeration to be run. */
export interface EnumerationRequest {
  readonly target: RequestTarget;
  readonly options?: RequestOptions | undefined;
  /** Writes what `n:Enumerate` holds besides the size of the batches. */
  readonly writeBody?: (enumerate: RequestElement) => void;
}

const MAX_ELEMENTS = 1000;

/**
 * Enumerate and Pull until the end (DSP0226 §8). Nothing is sent before the first item is asked for; who stops early
 * has the enumeration released, so that the server need not keep it.
 *
 * @throws WsmanClientError, WsmanTransportError
 */
export async function* enumerateItems(
  session: ClientSession,
  request: EnumerationRequest,
  call: EnumerationOptions,
): AsyncGenerator<ResponseElement, void, undefined> {
  const { maxElements = MAX_ELEMENTS, optimize = true } = call;
  if (!Number.isInteger(maxElements) || maxElements < 1) throw new TypeError('maxElements must be a positive integer');
  let context: string | undefined;
  try {
    let batch = await send(session, request, call, 'Enumerate', (body) => {
      if (optimize) {
        body.ele(namespaces.wsman, 'w:OptimizeEnumeration');
        body.ele(namespaces.wsman, 'w:MaxElements').txt(String(maxElements));
      }
      request.writeBody?.(body);
    });
    for (;;) {
      if (!batch) throw new WsmanTransportError('response', 'the answer to an enumeration is empty');
      // A Pull may leave out the context when it stays the same (WS-Enumeration §3.2).
      context = isLast(batch) ? undefined : (childText(batch, 'EnumerationContext') ?? context);
      yield* findChild(batch, 'Items')?.children ?? [];
      if (context === undefined) return;
      const current = context;
      batch = await send(session, request, call, 'Pull', (body) => {
        body.ele(namespaces.enumeration, 'n:EnumerationContext').txt(current);
        body.ele(namespaces.enumeration, 'n:MaxElements').txt(String(maxElements));
      });
    }
  } catch (error) {
    // An enumeration that failed is over for the server as well; one that was aborted is not.
    if (!call.signal?.aborted) context = undefined;
    throw error;
  } finally {
    if (context !== undefined) await release(session, request, call, context);
  }
}

/** The mark stands in the namespace of the operation: that of WS-Man in an optimized answer (DSP0226 §8.2.3). */
function isLast(batch: ResponseElement): boolean {
  return findChild(batch, 'EndOfSequence') !== undefined;
}

/** Sends one message of the enumeration. @returns the element in the Body of the answer, if there is one */
async function send(
  session: ClientSession,
  { target, options }: EnumerationRequest,
  call: CallOptions,
  name: 'Enumerate' | 'Pull' | 'Release',
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
  await send(session, request, call, 'Release', write).catch(() => undefined);
}
