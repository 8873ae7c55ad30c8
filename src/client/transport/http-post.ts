import type { Dispatcher } from 'undici';
import type { PostOptions, TransportResponse } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

interface Post {
  readonly headers: PostOptions['headers'];
  readonly signal: AbortSignal;
}

/**
 * Posts one message and reads its answer to the end. Redirects are not followed: WS-Man has none, and they would carry credentials.
 *
 * @throws WsmanTransportError `closed` when the connection ends before the answer does; the signal's reason; what the dispatcher does
 */
export function httpPost(
  dispatcher: Dispatcher,
  { origin, pathname, search }: URL,
  body: Uint8Array,
  { headers, signal }: Post,
): Promise<TransportResponse> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const handler = new AnswerHandler(signal, resolve, reject);
    dispatcher.dispatch({ origin, path: pathname + search, method: 'POST', headers, body }, handler);
  });
}

/** Gathers an answer, and gives it up when the signal says so, also while the request waits for a connection. */
class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (answer: TransportResponse) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #answer: { readonly status: number; readonly headers: ReadonlyMap<string, string> } | undefined;

  constructor(signal: AbortSignal, resolve: (answer: TransportResponse) => void, reject: (reason: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  readonly #abort = (): void => {
    this.#reject(this.#signal.reason);
    this.#controller?.abort(this.#signal.reason);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#signal.aborted) controller.abort(this.#signal.reason);
  }

  onResponseStart(_controller: unknown, status: number, headers: Headers): void {
    if (status >= 200) this.#answer = { status, headers: headerMap(headers) };
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    const [first, ...others] = this.#chunks;
    const body = first === undefined ? EMPTY : others.length === 0 ? first : Buffer.concat(this.#chunks);
    const answer = { status: 0, headers: NONE, ...this.#answer, body };
    // The connection is known to be free only after undici's own turn; a call right behind would open another one.
    queueMicrotask(() => setImmediate(this.#resolve, answer));
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#reject(this.#answer !== undefined && isCutShort(error) ? cutShort(error) : error);
  }
}

type Headers = Dispatcher.ResponseData['headers'];

const EMPTY = Buffer.alloc(0);
const NONE: ReadonlyMap<string, string> = new Map();

function cutShort(cause: Error): WsmanTransportError {
  return new WsmanTransportError('closed', 'the answer was cut short: the connection ended in the middle of it', {
    cause,
  });
}

const CUT_SHORT: ReadonlySet<unknown> = new Set([
  ...['UND_ERR_SOCKET', 'ECONNRESET', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'HPE_INVALID_EOF_STATE'],
]);

function isCutShort(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && CUT_SHORT.has(error.code)) || isCutShort(error.cause);
}

/**
 * Runs one post, all its legs together, under its deadline.
 *
 * @param run is given the signal that ends it: the caller's, or that time is up
 */
export async function withDeadline<T>(
  { timeoutMs, signal }: Pick<PostOptions, 'timeoutMs' | 'signal'>,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // A timer that is cleared, for AbortSignal.timeout would outlive the call by a minute.
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(new DOMException('too late', 'TimeoutError')), timeoutMs);
  const forward = () => end.abort(new DOMException('aborted', 'AbortError'));
  if (signal?.aborted) forward();
  else signal?.addEventListener('abort', forward, { once: true });
  try {
    return await run(end.signal);
  } catch (error) {
    // Whatever the caller gave as the reason.
    throw signal?.aborted ? new DOMException('aborted', 'AbortError') : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', forward);
  }
}

/** Repeated headers are joined with commas (RFC 9110 §5.3). */
function headerMap(headers: Headers): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
