import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { expectsContinue } from './expects-continue.js';

/** An answer of HTTP itself, before (or instead of) any SOAP: a status and one line, of plain text unless it says otherwise. */
export interface Refusal {
  readonly status: number;
  /** One line; empty for no body at all. It tells a person what to do, and nothing about this machine. */
  readonly text: string;
  readonly contentType?: string;
  readonly headers?: OutgoingHttpHeaders;
}

const EXPECTED = 'application/soap+xml (or text/xml), for example: Content-Type: application/soap+xml;charset=UTF-8';

/** Every refusal there is but 401, which says what is enabled. One table, so that wording and status live in one place. */
export const refusals = {
  emptyBody: { status: 400, text: 'The request has no body; a SOAP envelope is expected.' },
  noHost: { status: 400, text: 'The request has no Host header, which HTTP/1.1 demands.' },
  twoHosts: { status: 400, text: 'The request has more than one Host header.' },
  wrongHost: { status: 400, text: 'The Host header holds no host.' },
  chunkedInHttp10: { status: 400, text: 'HTTP/1.0 has no Transfer-Encoding.' },
  noEndOfBody: { status: 400, text: 'Transfer-Encoding does not say where the body ends: chunked must come last.' },
  noWayToAuthenticate: {
    status: 403,
    text: 'Credentials are not accepted over plain HTTP here; use HTTPS.',
  },
  inClear: {
    status: 403,
    text: 'Messages in clear are not accepted on this connection; seal them (multipart/encrypted), or use HTTPS.',
  },
  notFound: { status: 404, text: 'Not found; WS-Management is at /wsman.' },
  onlyPost: { status: 405, text: 'Only POST is answered here.', headers: { Allow: 'POST' } },
  onlyGet: { status: 405, text: 'Only GET is answered here.', headers: { Allow: 'GET, HEAD' } },
  noContentType: { status: 415, text: `The request has no Content-Type; expected ${EXPECTED}` },
  wrongContentType: { status: 415, text: `The Content-Type is not one of a SOAP message; expected ${EXPECTED}` },
  contentEncoding: {
    status: 415,
    text: 'Compressed bodies are not accepted.',
    headers: { 'Accept-Encoding': 'identity' },
  },
  /** As Windows, where AllowUnencrypted is false (MS-WSMV 3.1.4.1.29). */
  neverInClear: {
    status: 500,
    text: 'Messages in clear are never accepted over plain HTTP here; seal them (multipart/encrypted), or use HTTPS.',
  },
  expectation: { status: 417, text: 'Nothing can be expected but 100-continue.' },
  internal: { status: 500, text: 'Internal error; the log of the endpoint has the details.' },
  tooManyFields: { status: 431, text: 'The request has too many header fields.' },
  transferCoding: { status: 501, text: 'No Transfer-Encoding but chunked is known here.' },
  httpVersion: { status: 505, text: 'Only HTTP/1.1 and HTTP/1.0 are spoken here.' },
  overloaded: { status: 503, text: 'Too many requests at once; try again.', headers: { 'Retry-After': '1' } },
} as const satisfies Record<string, Refusal>;

/** 413, with the limit that was passed. */
export function tooLarge(limit: number): Refusal {
  return { status: 413, text: `The body is larger than ${limit} bytes.` };
}

/** 401 with one `WWW-Authenticate` field per value. Its text is the same whatever was wrong: who guesses learns nothing. */
export function unauthorized(challenges: string | string[]): Refusal {
  return {
    status: 401,
    text: 'Sign in first: who you are is not known, or was not accepted.',
    headers: { 'WWW-Authenticate': challenges },
  };
}

/** A body up to this length is read to its end and thrown away, so that the connection can go on. */
const MAX_SKIPPED_BODY = 64 * 1024;
/** No more than this is thrown away before the connection is closed. */
const MAX_DISCARDED = 16 * 1024 * 1024;

/**
 * Sends a refusal. The connection goes on when the unread rest of the request is known to be small; otherwise it is closed, but not
 * before the peer had time to read the answer: closing at once would reset a connection with bytes under way, and the peer would
 * see the reset instead of the answer.
 *
 * @param lingerMs how long to wait for the peer before closing
 */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal, lingerMs: number): void {
  if (response.headersSent || response.destroyed) return;
  const body = refusal.text === '' ? '' : `${refusal.text}\n`;
  const headers: OutgoingHttpHeaders = { ...refusal.headers, 'Content-Length': Buffer.byteLength(body) };
  if (body !== '') headers['Content-Type'] = refusal.contentType ?? 'text/plain;charset=UTF-8';

  if (canGoOn(request, response)) {
    response.writeHead(refusal.status, headers).end(body);
    return;
  }
  response.writeHead(refusal.status, { ...headers, Connection: 'close' });
  response.flushHeaders();
  if (body !== '') response.write(body);
  discard(request, lingerMs, () => response.end());
}

function canGoOn(request: IncomingMessage, { shouldKeepAlive }: ServerResponse): boolean {
  if (request.complete) return true;
  // What comes after the answer would reset the connection.
  if (!shouldKeepAlive) return false;
  // With an expectation pending, nobody knows whether the body will come.
  if (expectsContinue(request) || request.headers['transfer-encoding'] !== undefined) return false;
  return Number(request.headers['content-length'] ?? 0) <= MAX_SKIPPED_BODY;
}

/** Reads and drops what comes until the peer has finished or gone, or has had its time or its share. */
function discard(request: IncomingMessage, lingerMs: number, done: () => void): void {
  let dropped = 0;
  const timer = setTimeout(finish, lingerMs);
  function onData(chunk: Buffer): void {
    dropped += chunk.length;
    if (dropped > MAX_DISCARDED) finish();
  }
  function finish(): void {
    clearTimeout(timer);
    request.off('data', onData).off('end', finish).off('close', finish);
    done();
  }
  request.on('data', onData).on('end', finish).on('close', finish);
  // A peer that breaks off while its bytes are thrown away has done nothing wrong.
  request.on('error', () => undefined);
  request.resume();
}
