import { setImmediate } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { PostOptions, TransportResponse } from './transport.js';

/** Posts one message and reads its answer to the end. Redirects are not followed: WS-Man has none, and they would carry credentials. */
export async function httpPost(
  dispatcher: Dispatcher,
  url: URL,
  body: Uint8Array,
  { headers, signal }: { readonly headers: PostOptions['headers']; readonly signal: AbortSignal },
): Promise<TransportResponse> {
  const path = `${url.pathname}${url.search}`;
  const response = await dispatcher.request({ origin: url.origin, method: 'POST', path, headers, body, signal });
  const bytes = new Uint8Array(await response.body.arrayBuffer());
  // The connection is known to be free only after the body's end; a call right behind would open another one.
  await setImmediate();
  return { status: response.statusCode, headers: headerMap(response.headers), body: bytes };
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
