import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { type ClientCertificate, readClientCertificate } from '../auth/certificates/client-certificate.js';
import { tlsServerEndPoint } from '../auth/certificates/tls-server-end-point.js';
import { createClientErrorHandler } from './client-error.js';
import { connectionOf, isBusy } from './connection.js';
import { ConnectionRoom } from './connection-room.js';
import { noteArrival } from './end-of-arrivals.js';
import type { ExchangeContext } from './exchange-context.js';
import { isHeard, tell } from './http-observer.js';
import type { HttpRoutes } from './http-routes.js';
import { ListenError } from './listen-error.js';
import { listenOn } from './listen-on.js';
import { createNodeServer, type TlsSettings } from './node-server.js';
import { httpRouter } from './router.js';
import { watchDescriptors } from './watch-descriptors.js';
import { createWsmanExchange } from './wsman-exchange.js';

/** One open listener. */
export interface HttpServer {
  /** The port listened on, also when any free one was asked for. */
  readonly port: number;
  /**
   * Takes no new connections, lets running requests finish, at once those that are slow because somebody wants them so, and ends
   * every connection: by force when the grace is over.
   */
  close(graceMs: number): Promise<void>;
}

/**
 * Opens an HTTP listener, or an HTTPS one when there is a certificate.
 *
 * @param port 0: any free one
 * @throws ListenError when the address cannot be had
 */
export async function openHttpServer(
  context: ExchangeContext,
  host: string,
  port: number,
  tls?: TlsSettings,
): Promise<HttpServer> {
  const { limits, logger, haste, observer } = context;
  const sockets = new Set<Socket>();
  /** By the peer's end: TCP connections on which TLS has not been agreed on yet. */
  const handshakes = new Map<string, Socket>();
  /** Under TLS, the encrypted connection that a TCP connection carries. */
  const carried = new WeakMap<Socket, Socket>();
  const room = new ConnectionRoom(limits, logger, (socket) => isBusy(carried.get(socket) ?? socket));
  const stopWatching = watchDescriptors(logger, () => room.shrink());
  let closing = false;
  let ownPort = port;

  function forget(this: Socket): void {
    sockets.delete(this);
  }

  function track(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', forget);
  }

  function announce(socket: Socket): void {
    const news = { peer: socket.remoteAddress ?? '', port: ownPort, tls: tls !== undefined };
    tell(observer, 'connectionOpened', () => news);
    socket.once('close', () => tell(observer, 'connectionClosed', () => news));
  }

  function trackPlain(socket: Socket): void {
    noteArrival();
    if (isHeard(observer)) announce(socket);
    room.enter(socket);
    track(socket);
  }

  function trackCarrier(socket: Socket): void {
    if (isHeard(observer)) announce(socket);
    room.enter(socket);
    track(socket);
    const peer = peerOf(socket);
    handshakes.set(peer, socket);
    socket.once('close', () => handshakes.delete(peer));
  }

  const serverEndPoint = tls && tlsServerEndPoint(new X509Certificate(tls.certificate).raw);
  function trackTls(socket: TLSSocket): void {
    track(socket);
    const connection = connectionOf(socket);
    const peer = peerOf(socket);
    connection.carrier = handshakes.get(peer);
    if (connection.carrier !== undefined) carried.set(connection.carrier, socket);
    handshakes.delete(peer);
    connection.serverEndPoint = serverEndPoint;
    if (tls?.clientAuthorities !== undefined) connection.clientCertificate = clientCertificateOf(socket);
  }

  const exchange = createWsmanExchange(context, () => ownPort);
  async function answer(request: IncomingMessage, response: ServerResponse, anonymous: boolean): Promise<void> {
    await exchange(request, response, anonymous);
    // A connection that outlives the listener ends with its last answer.
    if (closing) endIfIdle(request.socket);
  }
  const routes: HttpRoutes = {
    logger,
    lingerMs: limits.lingerMs,
    wsman: (request, response, anonymous) => void answer(request, response, anonymous),
    problem: () => (closing ? 'closing' : context.problem?.()),
  };
  const route = await httpRouter();
  const hand: RequestListener = (request, response) => {
    connectionOf(request.socket).routes = routes;
    route(request, response);
  };
  const createServer = (): Server => {
    const server = createNodeServer(hand, limits, tls, logger);
    server.on('clientError', createClientErrorHandler(logger, limits.lingerMs));
    if (tls === undefined) server.on('connection', trackPlain);
    else server.on('connection', trackCarrier).on('secureConnection', trackTls);
    return server;
  };

  let servers: readonly [Server, ...Server[]];
  try {
    servers = await listenOn(createServer, host, port);
  } catch (error) {
    room.close();
    stopWatching();
    const options = { host: 'host', port: tls === undefined ? 'port' : 'httpsPort' };
    throw new ListenError(host, port, error as NodeJS.ErrnoException, options);
  }

  ownPort = (servers[0].address() as AddressInfo).port;
  return {
    port: ownPort,
    async close(graceMs) {
      closing = true;
      const force = setTimeout(() => {
        for (const socket of sockets) {
          connectionOf(socket).abandon();
          socket.destroy();
        }
      }, graceMs);
      const closed = Promise.all(servers.map((server) => once(server, 'close')));
      for (const server of servers) {
        server.close();
        server.closeIdleConnections();
      }
      for (const socket of sockets) if (!isTlsCarrier(socket, tls)) endIfIdle(socket);
      // Nothing runs on these, and they would be waited for.
      for (const socket of handshakes.values()) socket.destroy();
      haste.begin();
      await closed;
      // Until the event loop has turned, the sockets that were listened on hold all of this.
      await setImmediate();
      room.close();
      stopWatching();
      clearTimeout(force);
    },
  };
}

function endIfIdle(socket: Socket): void {
  if (connectionOf(socket).running === 0) socket.destroySoon();
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Under TLS each connection shows up twice; requests run on the encrypted one only. */
function isTlsCarrier(socket: Socket, tls: TlsSettings | undefined): boolean {
  return tls !== undefined && !('encrypted' in socket);
}

/** A resumed session still holds the certificate; `authorized` alone may be true in one that holds none. */
function clientCertificateOf(socket: TLSSocket): ClientCertificate | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const problem = socket.authorized ? undefined : `TLS: ${socket.authorizationError ?? 'not verified'}`;
  return readClientCertificate(certificate.raw, problem);
}
