import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../auth/certificates/client-certificate.js';
import type { AuthenticatedUser, AuthenticationScheme, Peer } from '../auth/schemes/authentication-scheme.js';
import { watchHalfClosed } from './half-closed.js';

/** One for all connections: making it, with its stack, is most of what an end costs. */
const GONE = new DOMException('The connection is closed.', 'AbortError');

/**
 * What is known of one TCP connection: who is at the other end, what authentication has to remember, and whether a request is running.
 * Requests get their abort signal from here: a client goes away by closing its connection, so one signal serves all its requests.
 */
export class Connection implements Peer {
  readonly tls: boolean;
  readonly address: string;
  readonly localAddress: string;
  readonly localPort: number;
  readonly loopback: boolean;
  /** Set once, when the TLS handshake is over. */
  serverEndPoint?: Uint8Array | undefined;
  /** Set once, when the TLS handshake is over. */
  clientCertificate?: ClientCertificate | undefined;
  /** Under TLS, the TCP connection below it. Set once, when the TLS handshake is over. */
  carrier?: Socket | undefined;
  conversation?: { readonly scheme: AuthenticationScheme; readonly state: unknown };
  /** Who sends the requests that come without `Authorization`: the user of a scheme that authenticates connections. */
  session?: AuthenticatedUser | undefined;
  /** Requests whose head has arrived and whose answer has not been written. */
  running = 0;
  #lastTurn: Promise<void> = Promise.resolve();
  readonly #gone = new AbortController();

  constructor(socket: Socket) {
    this.tls = socket instanceof TLSSocket;
    this.address = socket.remoteAddress ?? '';
    // An IPv6 socket writes the IPv4 addresses it takes as its own kind.
    this.localAddress = (socket.localAddress ?? '').replace(/^::ffff:/i, '');
    this.localPort = socket.localPort ?? 0;
    this.loopback = isLoopback(this.address);
    socket.once('close', () => this.abandon());
    watchHalfClosed(socket, this);
  }

  /**
   * Runs the exchange of a request after those of the requests before it: authentication and sealed messages depend on their order, and
   * Node hands on requests that arrive together all at once.
   *
   * @param exchange must not reject
   */
  inTurn(exchange: () => Promise<void>): Promise<void> {
    const isFirst = this.running === 0;
    this.running++;
    const end = () => {
      this.running--;
    };
    this.#lastTurn = (isFirst ? exchange() : this.#lastTurn.then(exchange)).then(end, end);
    return this.#lastTurn;
  }

  /** Tells running requests that nobody waits for their answers any more. */
  abandon(): void {
    this.#gone.abort(GONE);
  }

  /** Aborted when the connection closes, for whatever reason, or is {@link abandon}ed. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }
}

const connections = new WeakMap<Socket, Connection>();

/** The connection of a socket; the same one every time. */
export function connectionOf(socket: Socket): Connection {
  let connection = connections.get(socket);
  if (connection === undefined) {
    connection = new Connection(socket);
    connections.set(socket, connection);
  }
  return connection;
}

/** 127.0.0.0/8, also as IPv6 sockets spell it, and ::1. */
function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}
