import { X509Certificate } from 'node:crypto';
import { METHODS, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type ClientCertificate, readClientCertificate } from '../auth/certificates/client-certificate.js';
import { tlsServerEndPoint } from '../auth/certificates/tls-server-end-point.js';
import { createClientErrorHandler } from './client-error.js';
import { connectionOf, isBusy } from './connection.js';
import { ConnectionRoom } from './connection-room.js';
import { noteArrival } from './end-of-arrivals.js';
import type { ExchangeContext } from './exchange-context.js';
import { isHeard, tell } from './http-observer.js';
import { ListenError } from './listen-error.js';
import { createNodeServer, type TlsSettings } from './node-server.js';
import { type Refusal, refusals, refuse } from './refusal.js';
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

const WSMAN_PATHS = ['/wsman', '/wsman/'];
const IDENTIFY_PATH = '/wsman-anon/identify';
const HEALTH_PATHS = ['/livez', '/readyz'];

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

  // Fastify asks once per address of `host` (localhost has two).
  function serverFactory(listener: RequestListener): Server {
    const server = createNodeServer(listener, limits, tls, logger);
    if (tls === undefined) server.on('connection', trackPlain);
    else server.on('connection', trackCarrier).on('secureConnection', trackTls);
    return server;
  }

  const app = Fastify({
    serverFactory,
    clientErrorHandler: createClientErrorHandler(logger, limits.lingerMs),
    // Windows asks for /wsman and /WSMAN alike (http.sys does not care, nor does $PSSessionApplicationName).
    routerOptions: { caseSensitive: false },
    // A path that is not even valid percent-encoding names nothing.
    frameworkErrors: (_error, request, reply) => turnDown(request, reply, refusals.notFound),
    return503OnClosing: false,
    // No route has a JSON schema. Without this fastify loads the compilers for them all the same: 35 ms of every start, and 4 MB.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    exposeHeadRoutes: true,
  });
  // The exchange reads bodies itself: fastify must not touch them before the caller is known, whatever their type, nor those of requests
  // that are turned down.
  const methods = app.supportedMethods.filter((method) => METHODS.includes(method));
  for (const method of methods) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });

  function turnDown(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
    reply.hijack();
    refuse(request.raw, reply.raw, refusal, limits.lingerMs);
  }

  const exchange = createWsmanExchange(context, () => ownPort);

  async function answer(request: FastifyRequest, reply: FastifyReply, anonymous: boolean): Promise<void> {
    await exchange(request.raw, reply.raw, anonymous);
    // A connection that outlives the listener ends with its last answer.
    if (closing) endIfIdle(request.raw.socket);
  }
  function post(request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    void answer(request, reply, false);
  }
  function postIdentify(request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    void answer(request, reply, true);
  }

  for (const path of WSMAN_PATHS) app.post(path, post);
  app.post(IDENTIFY_PATH, postIdentify);
  app.get('/livez', (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', (_request, reply) => {
    const problem = closing ? 'closing' : context.problem?.();
    reply
      .code(problem === undefined ? 200 : 503)
      .type('text/plain')
      .send(`${problem ?? 'ok'}\n`);
  });
  app.setNotFoundHandler((request, reply) => turnDown(request, reply, refusalForPath(request.raw.url ?? '')));
  app.setErrorHandler((error, request, reply) => {
    logger.error({ err: error }, 'internal error');
    turnDown(request, reply, refusals.internal);
  });

  try {
    await app.listen({ host, port });
  } catch (error) {
    room.close();
    stopWatching();
    await app.close();
    const options = { host: 'host', port: tls === undefined ? 'port' : 'httpsPort' };
    throw new ListenError(host, port, error as NodeJS.ErrnoException, options);
  }

  ownPort = (app.server.address() as AddressInfo).port;
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
      const closed = app.close();
      for (const socket of sockets) if (!isTlsCarrier(socket, tls)) endIfIdle(socket);
      // Nothing runs on these, and they would be waited for.
      for (const socket of handshakes.values()) socket.destroy();
      // Not before Node has looked for idle connections: it closes them without a thought for what was just written to them.
      while (app.server.listening) await setImmediate();
      haste.begin();
      await closed;
      room.close();
      stopWatching();
      clearTimeout(force);
    },
  };
}

function noSchemas(): never {
  throw new Error('no route has a schema');
}

function refusalForPath(url: string): Refusal {
  const path = (url.split('?', 1)[0] ?? '').toLowerCase();
  if (WSMAN_PATHS.includes(path) || path === IDENTIFY_PATH) return refusals.onlyPost;
  return HEALTH_PATHS.includes(path) ? refusals.onlyGet : refusals.notFound;
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
