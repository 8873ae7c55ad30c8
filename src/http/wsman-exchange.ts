import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Authenticator, AuthenticatorResult } from '../auth/authenticator.js';
import type { WsmanResponse, WsmanService } from '../wsman/wsman-service.js';
import { type Connection, connectionOf } from './connection.js';
import { type ContentType, parseContentType } from './content-type.js';
import { endOfTurn } from './end-of-turn.js';
import type { HttpLimits } from './http-limits.js';
import { type Refusal, refusals, refuse, tooLarge, unauthorized } from './refusal.js';
import { readRequestBody } from './request-body.js';
import { logExchange } from './request-log.js';

/** What all exchanges of an endpoint share. */
export interface ExchangeContext {
  readonly service: WsmanService;
  readonly authenticator: Authenticator;
  readonly limits: HttpLimits;
  /** Largest body of an authenticated request. */
  maxBodyBytes(): number;
  readonly logger: Logger;
  /** Requests being read or answered; shared by all listeners. */
  readonly inFlight: { count: number };
}

/** Answers one POST; never rejects. `anonymous`: the path is the one for Identify without credentials. */
export type WsmanExchange = (request: IncomingMessage, response: ServerResponse, anonymous: boolean) => Promise<void>;

/**
 * One SOAP message in, one out: who sent it, is it a SOAP message, read it, hand it on, write the answer. Each step refuses by
 * itself, cheapest first, and nothing of the body is read before its sender is known.
 */
export function createWsmanExchange(context: ExchangeContext): WsmanExchange {
  const { service, authenticator, limits, logger, inFlight } = context;
  const profiles = { http: authenticator.securityProfiles(false), https: authenticator.securityProfiles(true) };

  async function run(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    anonymousPath: boolean,
  ) {
    const startedAt = performance.now();
    const turnDown = (refusal: Refusal, detail?: object): void => {
      logger.debug({ status: refusal.status, peer: connection.address, ...detail }, refusal.text || 'refused');
      refuse(request, response, refusal, limits.lingerMs);
    };

    let user: string | undefined;
    const authorization = authorizationFields(request.rawHeaders);
    const anonymous = anonymousPath || (authorization.length === 0 && request.headers.wsmanidentify !== undefined);
    if (!anonymous) {
      const pending = authenticator.authenticate(authorization, connection);
      const result = pending instanceof Promise ? await pending : pending;
      if (result.kind !== 'authenticated') return turnDown(refusalOf(result, connection, authorization.length > 0));
      user = result.user;
    }

    const contentType = acceptedContentType(request);
    if ('status' in contentType) return turnDown(contentType);
    if (inFlight.count >= limits.maxRequestsInFlight) return turnDown(refusals.overloaded);

    inFlight.count++;
    try {
      const limit = anonymous ? limits.maxAnonymousBodyBytes : context.maxBodyBytes();
      const body = await receive(request, response, limit);
      if (body === 'client gone') return;
      if (body === 'too large') return turnDown(tooLarge(limit), { contentLength: request.headers['content-length'] });
      if (body.length === 0) return turnDown(refusals.emptyBody);

      const answer = await service.handle({
        body,
        charset: contentType.charset,
        user,
        securityProfiles: connection.tls ? profiles.https : profiles.http,
        signal: connection.signal,
      });
      // A peer on this machine is woken by the first answer and finds the others when it comes for the next.
      await endOfTurn();
      if (!response.destroyed) send(response, answer);
      logExchange(logger, connection, user, answer, startedAt);
    } finally {
      inFlight.count--;
    }
  }

  /** Why the peer is turned down goes to the log; the peer only learns what it may try. */
  function refusalOf(
    result: Exclude<AuthenticatorResult, { kind: 'authenticated' }>,
    connection: Connection,
    tried: boolean,
  ): Refusal {
    if (result.kind === 'continue') return unauthorized(result.challenge);
    // A request without credentials is how many clients begin, and no news.
    const level = tried ? 'warn' : 'debug';
    logger[level]({ peer: connection.address, tls: connection.tls, reason: result.reason }, 'not authenticated');
    if (result.kind === 'overloaded') return refusals.overloaded;
    const challenges = authenticator.challenges(connection);
    // RFC 9110 §15.5.2: a 401 names at least one scheme.
    return challenges.length === 0 ? refusals.noWayToAuthenticate : unauthorized(challenges);
  }

  return async (request, response, anonymous) => {
    const connection = connectionOf(request.socket);
    connection.running++;
    try {
      await run(request, response, connection, anonymous);
    } catch (error) {
      logger.error({ err: error, peer: connection.address }, 'internal error');
      refuse(request, response, refusals.internal, limits.lingerMs);
    } finally {
      connection.running--;
    }
  };
}

/** Reads the body, once it is known to be welcome: only now is a client that waits for `100 Continue` told to send it. */
function receive(request: IncomingMessage, response: ServerResponse, limit: number) {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (request.headers.expect !== undefined && declared <= limit) response.writeContinue();
  return readRequestBody(request, limit);
}

/** All of them: Node's `headers` keeps the first and hides the others. */
function authorizationFields(rawHeaders: readonly string[]): string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length === 13 && name.toLowerCase() === 'authorization') values.push(rawHeaders[i + 1] ?? '');
  }
  return values;
}

function acceptedContentType(request: IncomingMessage): ContentType | Refusal {
  const { 'content-type': value, 'content-encoding': encoding } = request.headers;
  if (value === undefined) return refusals.noContentType;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return refusals.contentEncoding;
  const type = parseContentType(value);
  if (type?.mediaType === 'application/soap+xml' || type?.mediaType === 'text/xml') return type;
  return refusals.wrongContentType;
}

/** Head and body leave in one write: Node joins a text body with the head. */
function send(response: ServerResponse, { status, contentType, body }: WsmanResponse): void {
  // RFC 9110 §8.6: no Content-Length with 204.
  if (status === 204) {
    response.writeHead(status).end();
    return;
  }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const headers = ['Content-Length', String(length)];
  if (contentType !== undefined) headers.push('Content-Type', contentType);
  // Text that is as long in bytes as in characters is ASCII, for which Latin-1 says the same and is written faster.
  response.writeHead(status, headers).end(body, length === body.length ? 'latin1' : 'utf8');
}
