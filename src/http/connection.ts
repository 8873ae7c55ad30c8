import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../auth/certificates/client-certificate.js';
import type { AuthenticatedUser, AuthenticationScheme, Peer } from '../auth/schemes/authentication-scheme.js';
import { Cancellation } from '../cim/contracts/cancellation.js';
import { watchHalfClosed } from './half-closed.js';
import type { HttpRoutes } from './http-routes.js';
import { isLoopback } from './is-loopback.js';

/** One for all connections: making it, with its stack, is most of what an end costs. */
const GONE = new DOMException('The connection is closed.', 'AbortError');

/**
 * What is known of one TCP connection: who is at the other end, what authentication has to remember, and whether a request is running.
 * Requests learn from here that their client has gone: it goes away by closing its connection, so one cancellation serves all its
 * requests.
 *
 * Many clients open a connection for each request, so this is made as often as a request is (docs/performance.md): what hardly anybody
 * asks for, as the address of this end, is found out when somebody does.
 */
export class Connection implements Peer {
  readonly tls: boolean;
  readonly address: string;
  readonly loopback: boolean;
  /** Set once, when the TLS handshake is over. */
  serverEndPoint?: Uint8Array | undefined;
  /** Set once, when the TLS handshake is over. */
  clientCertificate?: ClientCertificate | undefined;
  /** Under TLS, the TCP connection below it. Set once, when the TLS handshake is over. */
  carrier?: Socket | undefined;
  /** Those of the listener by which it came. Set with its first request. */
  routes?: HttpRoutes | undefined = undefined;
  conversation?: { readonly scheme: AuthenticationScheme; readonly state: unknown };
  provenCredentials?: string | undefined = undefined;
  /** Who sends the requests that come without `Authorization`: the user of a scheme that authenticates connections. */
  session?: AuthenticatedUser | undefined;
  /** Somebody has signed in on it, now or before. */
  hasSignedIn = false;
  /** Requests whose head has arrived and whose answer has not been written. */
  running = 0;
  /** Aborted when the connection closes, for whatever reason, or is {@link abandon}ed. */
  readonly client = new Cancellation();
  readonly #socket: Socket;
  #lastTurn: Promise<void> | undefined;

  constructor(socket: Socket) {
    this.tls = socket instanceof TLSSocket;
    this.address = socket.remoteAddress ?? '';
    this.loopback = isLoopback(this.address);
    this.#socket = socket;
  }

  /** Empty when the connection has ended already. */
  get localAddress(): string {
    // An IPv6 socket writes the IPv4 addresses it takes as its own kind.
    return (this.#socket.localAddress ?? '').replace(/^::ffff:/i, '');
  }

  /**
   * Runs the exchange of a request after those of the requests before it: authentication and sealed messages depend on their order, and
   * Node hands on requests that arrive together all at once.
   *
   * @param exchange must not reject
   */
  inTurn(exchange: () => Promise<void>): Promise<void> {
    const before = this.running === 0 ? undefined : this.#lastTurn;
    this.running++;
    const end = () => {
      this.running--;
    };
    this.#lastTurn = (before === undefined ? exchange() : before.then(exchange)).then(end, end);
    return this.#lastTurn;
  }

  /** Tells running requests that nobody waits for their answers any more. */
  abandon(): void {
    this.client.abort(GONE);
  }

  /** The same as a standard signal. */
  get signal(): AbortSignal {
    return this.client.signal;
  }
}

/** Where a socket keeps its connection: a weak map of them costs the garbage collector more than the connections themselves. */
const CONNECTION = Symbol('connection');

interface KnownSocket extends Socket {
  [CONNECTION]?: Connection;
}

/** The connection of a socket; the same one every time. */
export function connectionOf(socket: KnownSocket): Connection {
  let connection = socket[CONNECTION];
  if (connection === undefined) {
    connection = new Connection(socket);
    socket[CONNECTION] = connection;
    socket.on('end', watchEnded);
    socket.on('close', abandonConnection);
  }
  return connection;
}

// One function for all sockets, which is what `this` is.
function watchEnded(this: KnownSocket): void {
  const connection = this[CONNECTION];
  if (connection !== undefined) watchHalfClosed(this, connection);
}

function abandonConnection(this: KnownSocket): void {
  this[CONNECTION]?.abandon();
}

/** Whether a request runs on a socket: most that never sent one have no {@link Connection}. */
export function isBusy(socket: KnownSocket): boolean {
  return (socket[CONNECTION]?.running ?? 0) > 0;
}
