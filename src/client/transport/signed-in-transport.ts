import type { StartAuthentication } from './client-authentication.js';
import type { ConnectionOptions } from './connector.js';
import { explainConnectionFailure } from './explain-connection-failure.js';
import { withDeadline } from './http-post.js';
import { createLendingPool } from './lending-pool.js';
import { MAX_FRAME_BYTES } from './sealed-message.js';
import { postSealed, type SignedIn, signIn } from './signed-in-connection.js';
import { ConnectionGoneError, createSingleConnection, type SingleConnection } from './single-connection.js';
import type { PostOptions, Transport, TransportResponse } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

export interface SignedInTransportOptions extends Omit<ConnectionOptions, 'clientCertificate'> {
  readonly url: URL;
  /** Connections kept open at most; each signs in for itself. */
  readonly connections: number;
  /** Bytes; a longer answer is cut off with an error. */
  readonly maxResponseSize: number;
  /** Take answers in clear to sealed messages. */
  readonly allowClear: boolean;
  /** The service principal's name has the port: `HTTP/host:5985`. */
  readonly portInServicePrincipalName?: boolean;
}

const DOUBTFUL =
  'the endpoint has forgotten the sign-in of the connection, if it was the endpoint that said so, and may have acted on the message';

/** A connection and what was agreed on over it; nothing else ever uses it. */
interface Session {
  readonly connection: SingleConnection;
  signedIn: SignedIn | undefined;
}

/**
 * Posts over connections that are signed in, and over plain HTTP seals what goes over them. A connection carries one message at a
 * time, because sealed messages are counted; calls made at once take a few connections, and wait in order when all are in use.
 *
 * A connection that has ended, and one whose server asks for credentials again, is replaced by a new one that signs in anew. A
 * message is sent again only where the server has not acted on it: when nothing of it was sent, or when it was answered with 401.
 * Over plain HTTP anybody on the way can write a 401, to have a message done twice, and so only those that read are sent again.
 */
export function createSignedInTransport(start: StartAuthentication, options: SignedInTransportOptions): Transport {
  const { url, zone, tls, proxy, allowClear, portInServicePrincipalName = false } = options;
  const host = portInServicePrincipalName ? `${url.hostname}:${portOf(url)}` : url.hostname;
  const maxResponseSize = options.maxResponseSize + MAX_FRAME_BYTES;
  const pool = createLendingPool<Session>(
    options.connections,
    () => ({ connection: createSingleConnection({ url, zone, tls, proxy, maxResponseSize }), signedIn: undefined }),
    ({ connection }) => connection.isOpen,
  );

  async function post(body: Uint8Array, post: PostOptions, signal: AbortSignal): Promise<TransportResponse> {
    const { headers, readsOnly = false } = post;
    // Each try takes away a connection that ended unseen; there are no more of them than this.
    for (let left = options.connections; ; left--) {
      const session = await pool.borrow(signal);
      const isNew = session.signedIn === undefined;
      const answer = await use(session, { body, headers, signal });
      // What happens to a new connection will happen to the next again.
      const isLastTry = isNew || left === 0;
      if (answer !== 'gone' && (isLastTry || answer.status !== 401)) return answer;
      if (isLastTry) throw new WsmanTransportError('closed', 'the connection is closed right after the sign-in');
      if (answer !== 'gone' && url.protocol === 'http:' && !readsOnly)
        throw new WsmanTransportError('closed', DOUBTFUL, { status: 401 });
    }
  }

  /** Uses a session for one message, and gives it back if it can be used again. */
  async function use(session: Session, message: Message): Promise<TransportResponse | 'gone'> {
    let reusable = false;
    try {
      const { answer, intact } = await exchange(session, message);
      reusable = intact && session.connection.isOpen;
      return answer;
    } catch (error) {
      if (error instanceof ConnectionGoneError) return 'gone';
      throw error;
    } finally {
      pool.giveBack(session, reusable);
      if (!reusable) await session.connection.close();
    }
  }

  /** `intact`: both sides still count alike. */
  async function exchange(session: Session, { body, headers, signal }: Message) {
    const { connection } = session;
    if (session.signedIn === undefined) {
      const result = await signIn(connection, start, { url, host, headers, signal });
      if (result.kind === 'answered') return { answer: result.answer, intact: false };
      if (result.security === undefined && url.protocol === 'http:' && !allowClear)
        throw new WsmanTransportError('scheme', `${result.scheme} brings no sealed messages: use https`);
      session.signedIn = result;
    }
    const { scheme, security } = session.signedIn;
    if (security === undefined) {
      const answer = await connection.post(body, { headers, signal });
      return { answer: { ...answer, scheme }, intact: answer.status !== 401 };
    }
    const { answer, sealed } = await postSealed(connection, security, { body, headers }, { signal, allowClear });
    return { answer: { ...answer, scheme }, intact: sealed };
  }

  return {
    async post(body, options) {
      try {
        return await withDeadline(options, (signal) => post(body, options, signal));
      } catch (error) {
        throw explainConnectionFailure(error, url);
      }
    },
    async close() {
      const sessions = pool.close(new WsmanTransportError('closed', 'the client is closed'));
      await Promise.all(sessions.map(({ connection }) => connection.close()));
    },
  };
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80');
}

interface Message {
  readonly body: Uint8Array;
  readonly headers: PostOptions['headers'];
  readonly signal: AbortSignal;
}
