import http from 'node:http';
import https from 'node:https';
import { readXml } from './read-xml.mjs';

/** @import { Answer, Connection, ConnectionOptions, Message } from './types.mjs' */

/**
 * Opens a way to a server. Requests go one after the other over kept connections, as a client's do.
 *
 * @param {ConnectionOptions} options
 * @returns {Connection}
 */
export function connect({ url, user, password, insecure = false, timeout = 30_000 }) {
  const base = new URL(url);
  const tls = base.protocol === 'https:';
  const agent = tls
    ? new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: !insecure })
    : new http.Agent({ keepAlive: true, maxSockets: 1 });
  const basic = (/** @type {string} */ secret) => `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;

  /** @param {Message} message @param {Buffer} body */
  function headersOf(message, body) {
    /** @type {Record<string, string | null>} */
    const headers = {
      'content-type': 'application/soap+xml;charset=UTF-8',
      'user-agent': 'cimulator conformance',
      authorization: message.credentials === 'none' ? null : basic(message.credentials === 'wrong' ? 'x' : password),
      'content-length': message.chunked ? null : String(body.length),
      ...message.headers,
    };
    return Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    );
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
            /** @type {Buffer[]} */
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
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

/** @param {Buffer} bytes @returns {Pick<Answer, 'bytes' | 'text' | 'root' | 'problem'>} */
function read(bytes) {
  const text = decode(bytes);
  if (text.trim() === '') return { bytes, text, root: undefined, problem: 'the body is empty' };
  try {
    return { bytes, text, root: readXml(text), problem: undefined };
  } catch (error) {
    return { bytes, text, root: undefined, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Buffer} bytes */
function decode(bytes) {
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfffe) return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 0xfeff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}
