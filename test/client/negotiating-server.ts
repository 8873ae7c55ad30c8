import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  parseEncryptedContentType,
  writeEncryptedContentType,
} from '../../src/auth/message-encryption/encrypted-content-type.js';
import type { MessageSecurity } from '../../src/auth/message-encryption/message-security.js';
import { readEncryptedMessage } from '../../src/auth/message-encryption/read-encrypted-message.js';
import { writeEncryptedMessage } from '../../src/auth/message-encryption/write-encrypted-message.js';
import { connect, negotiateServer } from '../auth/negotiation.js';

const SOAP = 'application/soap+xml;charset=UTF-8';

/** A message that came over a connection that is signed in. */
export interface SignedInMessage {
  readonly user: string;
  readonly text: string;
  /** Which message of its connection it is, from 1. */
  readonly turn: number;
  readonly socket: Socket;
  readonly response: ServerResponse;
  /** Answers as a server should: sealed, with 200. */
  answer(body: string): Promise<void>;
  /** What `answer` would send as the body. */
  seal(body: string): Promise<Buffer>;
  /** Answers with a body that says to be sealed. */
  answerAsSealed(body: Uint8Array): void;
  answerInClear(status: number, body: string, type?: string): void;
}

export interface NegotiatingServer {
  readonly url: string;
  /** How often a client began to sign in, and over how many connections. */
  readonly seen: { signIns: number; connections: number; messages: number; readonly bodies: Buffer[] };
  close(): Promise<void>;
}

export interface Misbehaviour {
  /** In place of the server's last word. */
  readonly lastToken?: (token: string | undefined) => string | undefined;
  /** Looks at a leg first; true when it has been dealt with. */
  readonly onLeg?: (leg: number, response: ServerResponse) => boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that signs in alice and bob with Negotiate over plain HTTP, and then does what the test says. */
export async function startNegotiatingServer(
  onMessage: (message: SignedInMessage) => void | Promise<void>,
  { lastToken = (token) => token, onLeg = () => false, headers = {} }: Misbehaviour = {},
): Promise<NegotiatingServer> {
  const scheme = await negotiateServer();
  const seen = { signIns: 0, connections: 0, messages: 0, bodies: [] as Buffer[] };
  const sessions = new WeakMap<Socket, Session>();
  const server = createServer();
  server.on('connection', () => void seen.connections++);
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    // A copy: opening a message may overwrite it.
    seen.bodies.push(Buffer.from(body));
    const session = sessions.get(request.socket) ?? { peer: connect(), legs: 0, turn: 0 };
    sessions.set(request.socket, session);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const { authorization } = request.headers;
    if (authorization === undefined) await takeMessage(session, request, body, response);
    else await takeLeg(session, authorization, response);
  });

  async function takeMessage(session: Session, request: IncomingMessage, body: Buffer, response: ServerResponse) {
    const { security, user = '' } = session;
    if (security === undefined) return response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end();
    session.turn++;
    seen.messages++;
    const text = await open(request, body, security);
    return onMessage(messageOf({ user, text, turn: session.turn, socket: request.socket, response, security }));
  }

  async function takeLeg(session: Session, authorization: string, response: ServerResponse) {
    session.legs++;
    if (session.legs === 1) seen.signIns++;
    if (onLeg(session.legs, response)) return undefined;
    const result = await scheme.authenticate({ authorization, peer: session.peer });
    if (result.kind === 'continue') {
      return response.writeHead(401, { 'www-authenticate': `Negotiate ${result.token}` }).end();
    }
    if (result.kind !== 'authenticated') return response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end();
    session.user = result.user;
    session.security = result.connection?.security;
    const token = lastToken(result.token);
    return response.writeHead(200, token === undefined ? {} : { 'www-authenticate': `Negotiate ${token}` }).end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/wsman`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Session {
  readonly peer: ReturnType<typeof connect>;
  legs: number;
  turn: number;
  user?: string;
  security?: MessageSecurity | undefined;
}

async function open(request: IncomingMessage, body: Buffer, security: MessageSecurity): Promise<string> {
  const type = parseEncryptedContentType(request.headers['content-type'] ?? '');
  if (type === undefined) throw new Error('a message in clear');
  const { token, sealed } = readEncryptedMessage(body, type);
  return Buffer.from(await security.unwrap(token, sealed)).toString();
}

function messageOf(
  parts: Pick<SignedInMessage, 'user' | 'text' | 'turn' | 'socket' | 'response'> & { security: MessageSecurity },
): SignedInMessage {
  const { security, ...message } = parts;
  const { response } = message;
  const seal = async (text: string) => {
    const body = Buffer.from(text);
    const { protocol } = security;
    return writeEncryptedMessage({ ...(await security.wrap(body)), protocol, contentType: SOAP, length: body.length });
  };
  const answerAsSealed = (body: Uint8Array) =>
    void response.writeHead(200, { 'content-type': writeEncryptedContentType(security.protocol) }).end(body);
  return {
    ...message,
    seal,
    answerAsSealed,
    answer: async (text) => answerAsSealed(await seal(text)),
    answerInClear: (status, body, type = SOAP) => void response.writeHead(status, { 'content-type': type }).end(body),
  };
}
