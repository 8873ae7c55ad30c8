import http from 'node:http';
import https from 'node:https';
import type { Answer } from './answer.js';
import type { Connection, ConnectionOptions } from './connection.js';
import { describeError } from './describe-error.js';
import type { Message } from './message.js';
import { readXml } from './read-xml.js';

/** Opens a way to a server. Requests go one after the other over kept connections, as a client's do. */
export function connect({ url, user, password, insecure = false, timeout = 30_000 }: ConnectionOptions): Connection {
  const base = new URL(url);
  const tls = base.protocol === 'https:';
  const agent = tls
    ? new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: !insecure })
    : new http.Agent({ keepAlive: true, maxSockets: 1 });
  const basic = (secret: string) => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

  function headersOf(message: Message, body: Buffer): Record<string, string> {
    const headers: Record<string, string | null> = {
      'content-type': 'application/soap+xml;charset=UTF-8',
      'user-agent': 'cimulator conformance',
      authorization: message.credentials === 'none' ? null : basic(message.credentials === 'wrong' ? 'x' : password),
      'content-length': message.chunked ? null : String(body.length),
      ...message.headers,
    };
    return Object.fromEntries(Object.entries(headers).filter((field): field is [string, string] => field[1] !== null));
  }

  return {
    send(message) {
      const body = typeof message.body === 'string' ? Buffer.from(message.body, 'utf8') : Buffer.from(message.body);
      const target = message.path === undefined ? base : new URL(message.path, base);
      return new Promise((resolve, reject) => {
        const request = (tls ? https : http).request(
          target,
          { method: message.method ?? 'POST', agent, headers: headersOf(message, body), timeout },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () => {
              const { statusCode = 0, headers } = response;
              resolve({ status: statusCode, headers, reused: request.reusedSocket, ...read(Buffer.concat(chunks)) });
            });
          },
        );
        request.on('timeout', () => request.destroy(new Error(`no answer in ${timeout} ms`)));
        request.on('error', reject);
        if (message.chunked) {
          // Two chunks: the boundary falls inside the envelope.
          request.write(body.subarray(0, body.length >> 1));
          request.end(body.subarray(body.length >> 1));
        } else request.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

function read(bytes: Buffer): Pick<Answer, 'bytes' | 'text' | 'root' | 'problem'> {
  const text = decode(bytes);
  if (text.trim() === '') return { bytes, text, root: undefined, problem: 'the body is empty' };
  try {
    return { bytes, text, root: readXml(text), problem: undefined };
  } catch (error) {
    return { bytes, text, root: undefined, problem: describeError(error) };
  }
}

function decode(bytes: Buffer): string {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfffe) return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
