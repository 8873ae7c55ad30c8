import type { ServerResponse } from 'node:http';
import type { WsmanResponse } from '../wsman/wsman-service.js';

/** Head and body leave in one write: Node joins a text body with the head. */
export function sendAnswer(response: ServerResponse, { status, contentType, body }: WsmanResponse): void {
  // RFC 9110 §8.6: no Content-Length with 204.
  if (status === 204) {
    response.writeHead(status).end();
    return;
  }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const headers = ['Content-Length', String(length)];
  if (contentType !== undefined) headers.push('Content-Type', contentType);
  // Text that is as long in bytes as in characters is ASCII, for which Latin-1 says the same and is written faster.
  response.writeHead(status, headers).end(body, length === body.length ? 'latin1' : 'utf8');
}
