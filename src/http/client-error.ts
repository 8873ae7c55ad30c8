import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from './logger.js';
import { responseUnderWay } from './response-under-way.js';

/** Node's reasons to give up on a request before it is one, and what the peer is told. Anything else is a plain 400. */
const ANSWERS: Readonly<Record<string, readonly [status: number, text: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The request head is too large.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunk extensions are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_INVALID_CONTENT_LENGTH: [400, 'Content-Length is no length, or stands beside Transfer-Encoding.'],
  HPE_UNEXPECTED_CONTENT_LENGTH: [400, 'Content-Length is given twice, or stands beside Transfer-Encoding.'],
  HPE_INVALID_TRANSFER_ENCODING: [400, 'Transfer-Encoding is not understood, or stands beside Content-Length.'],
  HPE_INVALID_CHUNK_SIZE: [400, 'The body is not chunked as Transfer-Encoding says.'],
  HPE_INVALID_EOF_STATE: [400, 'The request ends before its time.'],
  HPE_INVALID_VERSION: [505, 'Only HTTP/1.1 and HTTP/1.0 are spoken here.'],
  HPE_PAUSED_H2_UPGRADE: [505, 'Only HTTP/1.1 and HTTP/1.0 are spoken here.'],
};

/** What Node says of a version that is fine, but for what stands behind it: no business of {@link ANSWERS}. */
const BEHIND_VERSION = 'Expected CRLF after version';

/**
 * Answers what Node's HTTP parser refuses, in one line, and closes; the connection is past saving. Bytes under way are thrown away
 * for a moment, so that they do not reset the connection before the answer is read.
 */
export function createClientErrorHandler(logger: Logger, lingerMs: number) {
  return (error: NodeJS.ErrnoException & { readonly reason?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET') socket.destroy();
    // Every further packet of a broken request lands here again, after the answer.
    if (!socket.writable) return;

    const known = error.reason === BEHIND_VERSION ? undefined : ANSWERS[error.code ?? ''];
    const [status, text] = known ?? [400, 'Not an HTTP request.'];
    logger.debug({ status, code: error.code, peer: socket.remoteAddress }, text);
    const current = responseUnderWay(socket);
    if (current?.req.complete === true) {
      // What is broken came after a whole request, whose answer it must neither replace nor garble: that one goes out, and is the last.
      current.shouldKeepAlive = false;
      return;
    }
    if (current?.headersSent === true) socket.destroySoon();
    else socket.end(plainAnswer(status, text));
    setTimeout(() => socket.destroy(), lingerMs).unref();
  };
}

/** A whole answer for a socket that has no request, or none that Node would answer. */
export function plainAnswer(status: number, text: string, fields: readonly string[] = []): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    ...fields,
    'Content-Type: text/plain;charset=UTF-8',
    `Content-Length: ${Buffer.byteLength(text) + 1}`,
    '',
    `${text}\n`,
  ].join('\r\n');
}
