import { setImmediate } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { PostOptions, TransportResponse } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

/** Posts one message and reads its answer to the end. Redirects are not followed: WS-Man has none, and they would carry credentials. */
export async function httpPost(
  dispatcher: Dispatcher,
  url: URL,
  body: Uint8Array,
  { headers, signal }: { readonly headers: PostOptions['headers']; readonly signal: AbortSignal },
): Promise<TransportResponse> {
  const path = `${url.pathname}${url.search}`;
  const response = await dispatcher.request({ origin: url.origin, method: 'POST', path, headers, body, signal });
  const bytes = await readBody(response, signal);
  // The connection is known to be free only after the body's end; a call right behind would open another one.
  await setImmediate();
  return { status: response.statusCode, headers: headerMap(response.headers), body: bytes };
}

/** @throws WsmanTransportError `closed` when the connection ends before the answer does */
async function readBody({ body }: Dispatcher.ResponseData, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return new Uint8Array(await body.arrayBuffer());
  } catch (error) {
    if (signal.aborted || !isCutShort(error)) throw error;
    throw new WsmanTransportError('closed', 'the answer was cut short: the connection ended in the middle of it', {
      cause: error,
    });
  }
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
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DOMException('too late', 'TimeoutError')), timeoutMs);
  try {
    return await run(signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal);
  } catch (error) {
    // Whatever the caller gave as the reason.
    throw signal?.aborted ? new DOMException('aborted', 'AbortError') : error;
  } finally {
    clearTimeout(timer);
  }
}

/** Repeated headers are joined with commas (RFC 9110 §5.3). */
function headerMap(headers: Dispatcher.ResponseData['headers']): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}
