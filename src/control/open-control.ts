import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createClientErrorHandler } from '../http/client-error.js';
import { cutText } from '../http/cut-text.js';
import { hostInUrl } from '../http/host-in-url.js';
import { DEFAULT_HTTP_LIMITS } from '../http/http-limits.js';
import { ListenError } from '../http/listen-error.js';
import { createNodeServer, type TlsIdentity } from '../http/node-server.js';
import { refuse } from '../http/refusal.js';
import { createAdmit } from './admit.js';
import type { ControlContext } from './control-context.js';
import { DEFAULT_CONTROL_LIMITS } from './control-limits.js';

export interface ControlOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Default: 32 random bytes, base64url. */
  readonly token?: string | undefined;
  /** Undefined: HTTP without TLS. */
  readonly tls: TlsIdentity | undefined;
}

/** An open control listener. */
export interface OpenControl {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Ends streams and waits, and with them every connection. */
  close(): Promise<void>;
}

/** A wait may be silent for its ten minutes. */
const STALL_MS = 660_000;
/** What runs may still be answered. */
const GRACE_MS = 1_000;

/**
 * Opens the listener of the control API. Its routes, and all that they need, are loaded when it is first called: a start does not wait
 * for them.
 *
 * @throws ListenError when the address cannot be had
 */
export async function openControl(
  options: ControlOptions,
  given: Omit<ControlContext, 'closing' | 'limits' | 'document'> & Partial<Pick<ControlContext, 'limits'>>,
): Promise<OpenControl> {
  const { host, port, tls, token = randomBytes(32).toString('base64url') } = options;
  const closing = new AbortController();
  const context = { limits: DEFAULT_CONTROL_LIMITS, ...given, closing: closing.signal, document };
  const { limits, logger } = context;
  const httpLimits = { ...DEFAULT_HTTP_LIMITS, requestTimeoutMs: limits.requestTimeoutMs, stallTimeoutMs: STALL_MS };
  const admit = createAdmit({ token, host });
  let app: ReturnType<typeof loadApp> | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    logWhenOver(request, response, context);
    const refusal = closing.signal.aborted ? CLOSING : admit(request);
    if (refusal !== undefined) return refuse(request, response, refusal, httpLimits.lingerMs);
    if (request.headers.expect !== undefined) response.writeContinue();
    app ??= loadApp(context);
    (await app).routing(request, response);
  }

  const server = createNodeServer(
    (request, response) => {
      answer(request, response).catch((err: unknown) => {
        logger.error({ err }, 'control: internal error');
        response.destroy();
      });
    },
    httpLimits,
    tls,
    logger,
  );
  endWithTheClient(server);
  server.maxConnections = limits.maxConnections;
  server.on('clientError', createClientErrorHandler(logger, httpLimits.lingerMs));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, host, port);
  const ownPort = (server.address() as AddressInfo).port;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${hostInUrl(host)}:${ownPort}`,
    port: ownPort,
    token,
    async close() {
      closing.abort(new Error('the endpoint closes'));
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      // What has just been answered is idle a moment later.
      const idle = setInterval(() => server.closeIdleConnections(), 10);
      server.closeIdleConnections();
      const force = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, GRACE_MS);
      await closed;
      clearTimeout(force);
      clearInterval(idle);
      await (await app)?.close();
    },
  };
}

/** A client whose end of the connection is closed has gone: its stream is over at once, and so are calls that it should answer. */
function endWithTheClient(server: ReturnType<typeof createNodeServer>): void {
  (server as typeof server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = false;
  server.on('secureConnection', (socket: Socket) => {
    socket.allowHalfOpen = false;
  });
}

const CLOSING = {
  status: 503,
  text: JSON.stringify({ error: { message: 'the endpoint closes' } }),
  contentType: 'application/json',
};

async function document(): Promise<unknown> {
  const { openApiDocument } = await import('./open-api.js');
  return openApiDocument();
}

async function loadApp(context: ControlContext) {
  const { controlApp } = await import('./control-app.js');
  return controlApp(context);
}

/** The path without its query, which may hold anything; never the token. */
function logWhenOver(request: IncomingMessage, response: ServerResponse, { logger }: ControlContext): void {
  if (!logger.isLevelEnabled('info')) return;
  const began = performance.now();
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const peer = request.socket.remoteAddress;
  response.once('close', () => {
    const ms = Math.round((performance.now() - began) * 10) / 10;
    logger.info({ method: request.method, path: cutText(path), status: response.statusCode, ms, peer }, 'control');
  });
}

/** What address and port are called among the options of an endpoint. */
const OPTIONS = { host: 'control.host', port: 'control.port' };

function listen(server: ReturnType<typeof createNodeServer>, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError(host, port, error as NodeJS.ErrnoException, OPTIONS)));
    server.listen({ host, port }, () => resolve());
  });
}
