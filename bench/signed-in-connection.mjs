import { connect } from 'node:net';
import {
  ENCRYPTED_BOUNDARY,
  writeEncryptedContentType,
} from '../dist/auth/message-encryption/encrypted-content-type.js';
import { readEncryptedMessage } from '../dist/auth/message-encryption/read-encrypted-message.js';
import { writeEncryptedMessage } from '../dist/auth/message-encryption/write-encrypted-message.js';
import { startNtlm } from '../dist/auth/ntlm/ntlm-initiator.js';

const CONTENT_TYPE = 'application/soap+xml;charset=UTF-8';
const HEAD_END = Buffer.from('\r\n\r\n', 'latin1');

/** A POST as bytes that are ready to be sent. */
function request(fields, body) {
  const lines = Object.entries({ Host: '127.0.0.1', 'Content-Length': body.length, ...fields });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`POST /wsman HTTP/1.1\r\n${head}\r\n`, 'latin1'), body]);
}

/** A message in clear, for a connection that is signed in. */
export function clearRequest(text) {
  return request({ 'Content-Type': CONTENT_TYPE }, Buffer.from(text));
}

/**
 * A connection that is signed in with NTLM. Requests are made ahead and answers are hardly looked at, so that the machine measures the
 * server and not its client.
 */
export async function openSignedIn(url, { user, password }) {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), noDelay: true });
  let received = [];
  let missing = 0;
  let answered = () => {};
  let failed = () => {};
  socket.on('error', (error) => failed(error));
  socket.on('close', () => failed(new Error('the server closed the connection')));
  socket.on('data', (chunk) => {
    received.push(chunk);
    if (missing === 0) missing = lengthOf(received.length === 1 ? chunk : Buffer.concat(received));
    else missing -= chunk.length;
    if (missing > 0) return;
    const answer = received.length === 1 ? chunk : Buffer.concat(received);
    received = [];
    missing = 0;
    answered(answer);
  });

  /** How much is still to come of the answer that begins here; 0 when its head is not whole. */
  function lengthOf(bytes) {
    const headEnd = bytes.indexOf(HEAD_END);
    if (headEnd < 0) return 1;
    const length = Number(/content-length: (\d+)/i.exec(bytes.latin1Slice(0, headEnd))?.[1] ?? 0);
    return headEnd + HEAD_END.length + length - bytes.length;
  }

  function send(bytes) {
    return new Promise((resolve, reject) => {
      answered = resolve;
      failed = reject;
      socket.write(bytes);
    });
  }

  const ntlm = startNtlm({ user, password });
  const leg = (token) =>
    send(
      request(
        { 'Content-Type': CONTENT_TYPE, Authorization: `Negotiate ${token.toString('base64')}` },
        Buffer.alloc(0),
      ),
    );
  const first = (await leg(ntlm.negotiate)).latin1Slice();
  const challenge = /www-authenticate: Negotiate (\S+)/i.exec(first)?.[1];
  if (challenge === undefined) throw new Error(`no challenge: ${first}`);
  const { token, security } = ntlm.authenticate(Buffer.from(challenge, 'base64'));
  const last = (await leg(token)).latin1Slice(0, 12);
  if (last !== 'HTTP/1.1 200') throw new Error(`not signed in: ${last}`);

  return {
    /** The next requests, with these texts, sealed in the order in which they are to be sent. */
    sealAhead(texts) {
      const { protocol } = security;
      return texts.map((text) => {
        const message = Buffer.from(text);
        const frame = { protocol, contentType: CONTENT_TYPE, length: message.length };
        const body = writeEncryptedMessage({ ...security.wrap(message), ...frame });
        return request({ 'Content-Type': writeEncryptedContentType(protocol) }, body);
      });
    },

    /** Sends requests one after the other; the answers must all be 200. Gives the last one. */
    async sendAll(requests) {
      let answer;
      for (const bytes of requests) {
        answer = await send(bytes);
        if (answer.latin1Slice(9, 12) !== '200') throw new Error(`not 200: ${answer.latin1Slice(0, 500)}`);
      }
      return answer;
    },

    /** What a sealed answer says; to be called for each of them, in their order, or not at all. */
    open(answer) {
      const body = answer.subarray(answer.indexOf(HEAD_END) + HEAD_END.length);
      const protocol = security.protocol.toLowerCase();
      const { token, sealed } = readEncryptedMessage(body, { protocol, boundary: ENCRYPTED_BOUNDARY });
      return security.unwrap(token, sealed).toString();
    },

    leave() {
      return new Promise((resolve) => {
        socket.removeAllListeners('close').once('close', resolve);
        socket.end();
      });
    },
  };
}
