import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { checkHead, MAX_HEADER_FIELDS } from './check-head.js';
import type { ClientAuthorities } from './client-authorities.js';
import { plainAnswer } from './client-error.js';
import { allowHalfClosed } from './half-closed.js';
import type { HttpLimits } from './http-limits.js';
import type { Logger } from './logger.js';
import { type Refusal, refusals, refuse } from './refusal.js';

/** A certificate and its private key, both PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What an HTTPS listener shows, and whom it asks to show something. */
export interface TlsSettings extends TlsIdentity {
  /** Clients are asked for a certificate that one of these has issued; they need not have one. Default: they are not asked. */
  readonly clientAuthorities?: ClientAuthorities | undefined;
}

/**
 * Forward secrecy always. CBC stays at the end of the list for Windows Server 2012 R2, whose Schannel has no GCM with RSA
 * certificates; RC4, 3DES and plain RSA are gone.
 */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES256-SHA384',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-ECDSA-AES128-SHA256',
  'ECDHE-RSA-AES128-SHA256',
].join(':');

/** Node's HTTP or HTTPS server with every limit set: none of Node's defaults is "without end" here. */
export function createNodeServer(
  listener: RequestListener,
  limits: HttpLimits,
  tls: TlsSettings | undefined,
  logger: Logger,
): Server {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const refusal = checkHead(request);
    if (refusal === undefined) listener(request, response);
    else turnDown(request, response, refusal);
  };
  const turnDown = (request: IncomingMessage, response: ServerResponse, refusal: Refusal): void => {
    response.shouldKeepAlive = false;
    refuse(request, response, refusal, limits.lingerMs);
  };
  const options = {
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: Math.min(limits.headersTimeoutMs, limits.requestTimeoutMs),
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    // Node looks for late requests only this often, so this is how much later than its time one may be found.
    connectionsCheckingInterval: Math.min(Math.max(Math.ceil(limits.headersTimeoutMs / 5), 20), 2_000),
    noDelay: true,
    insecureHTTPParser: false,
    // Node would answer without a word; see above.
    requireHostHeader: false,
  };
  const server: Server =
    tls === undefined
      ? createHttpServer(options, answer)
      : createHttpsServer(
          {
            ...options,
            cert: tls.certificate,
            key: tls.privateKey,
            ...clientCertificateOptions(tls.clientAuthorities),
            minVersion: 'TLSv1.2',
            ciphers: CIPHERS,
            honorCipherOrder: true,
            handshakeTimeout: limits.handshakeTimeoutMs,
          },
          answer,
        );
  allowHalfClosed(server);
  // One more than are taken, so that it is seen when there are more.
  server.maxHeadersCount = MAX_HEADER_FIELDS + 1;
  server.setTimeout(limits.stallTimeoutMs);
  server.on('tlsClientError', (error: NodeJS.ErrnoException) =>
    logger.debug({ code: error.code }, 'TLS handshake failed'),
  );
  // Without this Node says "100 Continue" by itself; the exchange says it when the body is welcome.
  server.on('checkContinue', answer);
  // Without this Node refuses it without a look at the rest of the head, and without a word.
  server.on('checkExpectation', (request, response) =>
    turnDown(request, response, checkHead(request) ?? refusals.expectation),
  );
  // Without this Node closes the connection without a word.
  server.on('connect', (_request, socket: Socket) => refuseTunnel(socket, limits.lingerMs));
  return server;
}

/**
 * Answers CONNECT. Node has let go of the connection by then, and listens to it no more: an error on it that nobody heard, such as that
 * the peer has reset it, would end the process.
 */
function refuseTunnel(socket: Socket, lingerMs: number): void {
  socket.on('error', () => socket.destroy());
  socket.end(plainAnswer(405, 'This is no proxy.', ['Allow: POST']));
  socket.resume();
  setTimeout(() => socket.destroy(), lingerMs).unref();
}

/** A client whose certificate is no good is told so by 401, not by a connection that ends: it may have a password as well. */
function clientCertificateOptions(authorities: ClientAuthorities | undefined) {
  if (authorities === undefined) return {};
  const { certificates, revocationLists } = authorities;
  return {
    requestCert: true,
    rejectUnauthorized: false,
    ca: certificates,
    ...(revocationLists && { crl: revocationLists }),
  };
}
