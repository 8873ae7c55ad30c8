import { connect } from 'node:net';
import { startEndpoint } from '../../../../src/endpoint/start-endpoint.js';
import type { FuzzTarget, Verdict } from '../fuzz-target.js';
import { readHttpAnswers } from '../http-answers.js';
import { atLeastOne, readCaptures, readCorpus } from '../read-corpus.js';

const CREDENTIALS = Buffer.from('tester:secret').toString('base64');

/** A connection that is not ended in this time, though the client has ended its part, will not be. */
const PATIENCE_MS = 15_000;

const WORDS = [
  ...[
    '\r\n',
    '\r\n\r\n',
    '\n',
    '\r',
    ' ',
    '\t',
    ':',
    '\0',
    'GET',
    'POST',
    'PUT',
    'OPTIONS',
    'CONNECT',
    'TRACE',
    'PRI',
    'BREW',
  ],
  ...[
    '/wsman',
    '/wsman/',
    '/wsman-anon/identify',
    '/livez',
    '/readyz',
    '/',
    '*',
    'http://x/wsman',
    '/wsman?x',
    '/%77sman',
    '/../wsman',
  ],
  ...[
    'HTTP/1.1',
    'HTTP/1.0',
    'HTTP/2.0',
    'HTTP/0.9',
    'HTTP/1.1\r\nHost: x\r\n',
    'Host: y\r\n',
    'Content-Length: 5\r\n',
    'Content-Length: -1\r\n',
  ],
  ...[
    'Content-Length: 99999999999999999999\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip, chunked\r\n',
    'chunked',
    'gzip',
  ],
  ...[
    'Connection: close\r\n',
    'Connection: keep-alive\r\n',
    'Expect: 100-continue\r\n',
    'Expect: x\r\n',
    'Upgrade: websocket\r\n',
  ],
  ...[
    'Content-Encoding: gzip\r\n',
    'Content-Type: text/plain\r\n',
    'Content-Type: multipart/encrypted;protocol="x";boundary="y"\r\n',
    'Via: 1.1 x\r\n',
  ],
  ...[
    `Authorization: Basic ${CREDENTIALS}\r\n`,
    'Authorization: Negotiate YA==\r\n',
    'Authorization: Kerberos\r\n',
    'Forwarded: for=x\r\n',
  ],
  ...[
    '0\r\n\r\n',
    '5\r\nabcde\r\n',
    'ffffffffffffffff\r\n',
    '1;x=y\r\n',
    'x'.repeat(2000),
    'WSMANIDENTIFY: unauthenticated\r\n',
    '\u00ff\u00fe',
  ],
] as unknown as readonly [string, ...string[]];

/** Raw bytes at a listener, after which the client ends its part: whole answers, and then the end of the connection. */
export async function open(): Promise<FuzzTarget> {
  const unexpected: unknown[] = [];
  const nothing = () => {};
  const endpoint = await startEndpoint({
    users: [{ name: 'tester', password: 'secret' }],
    lockOut: 'off',
    limits: { lingerMs: 5 },
    logger: { debug: nothing, info: nothing, warn: nothing, error: (facts: unknown) => unexpected.push(facts) },
  });
  const { port } = endpoint.http;
  return {
    corpus: atLeastOne([...readCaptures().map(signedIn), ...readCorpus('http')]),
    words: WORDS,
    parallel: 64,
    async run(input) {
      const bytes = await exchange(port, input);
      if (unexpected.length > 0) throw new Error(`nobody expected ${JSON.stringify(unexpected.splice(0))}`);
      return check(input.toString('latin1'), bytes);
    },
    async close() {
      await endpoint.close();
    },
  };
}

function signedIn(request: Buffer): Buffer {
  const text = request.toString('latin1');
  return Buffer.from(text.replace('\r\n', `\r\nAuthorization: Basic ${CREDENTIALS}\r\n`), 'latin1');
}

/** All that comes until the end, or until a reset. */
function exchange(port: number, input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.end(input));
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error('the connection is not ended'));
    }, PATIENCE_MS);
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(pieces));
    });
  });
}

const STATUSES = new Set([
  100, 200, 204, 400, 401, 403, 404, 405, 406, 408, 411, 413, 414, 415, 417, 426, 431, 500, 501, 503, 505,
]);

function check(input: string, bytes: Buffer): Verdict {
  const answers = readHttpAnswers(bytes, /HEAD/i.test(input));
  for (const { status, body } of answers) {
    if (!STATUSES.has(status)) throw new Error(`an answer with the status ${status}`);
    if (status !== 200 || /authorization/i.test(input)) continue;
    if (!/^(?:ok\n|ready\n|)$|IdentifyResponse/.test(body))
      throw new Error(`an answer for nobody: ${body.slice(0, 200)}`);
  }
  return answers.some(({ status }) => status === 200) ? 'taken' : 'refused';
}
