import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthenticatedUser } from '../auth/authentication-scheme.js';
import type { Authenticator, AuthenticatorResult } from '../auth/authenticator.js';
import { isEncryptedContentType } from '../auth/message-encryption/encrypted-content-type.js';
import type { MessageSecurity } from '../auth/message-security.js';
import { CallRecord } from '../cim/contracts/call.js';
import type { WsmanResponse, WsmanService } from '../wsman/wsman-service.js';
import { type Connection, connectionOf } from './connection.js';
import { type ContentType, isSoap, parseContentType } from './content-type.js';
import { endOfTurn } from './end-of-turn.js';
import type { HttpLimits } from './http-limits.js';
import { identifySender } from './identify-sender.js';
import type { Logger } from './logger.js';
import { mentionsIdentify } from './mentions-identify.js';
import { type Refusal, refusals, refuse, tooLarge, unauthorized } from './refusal.js';
import { createRefusalLog } from './refusal-log.js';
import { readRequestBody } from './request-body.js';
import { logExchange } from './request-log.js';
import { isBrokenSeal, MAX_FRAME_BYTES, openMessage, sealResponse } from './sealed-message.js';

/** What all exchanges of an endpoint share. */
export interface ExchangeContext {
  readonly service: WsmanService;
  readonly authenticator: Authenticator;
  /** Take messages in clear over plain HTTP on authenticated connections. */
  readonly allowUnencrypted: boolean;
  readonly limits: HttpLimits;
  /** Largest body of an authenticated request. */
  maxBodyBytes(): number;
  readonly logger: Logger;
  /** The time of day in milliseconds since 1970. */
  now(): number;
  /** Requests being read or answered; shared by all listeners. */
  readonly inFlight: { count: number };
}

/** Requests of one connection that may wait for their turn; more are 503. Clients send the next when they have read an answer. */
const MAX_PIPELINED = 64;

/** Answers one POST; never rejects. `anonymous`: the path is the one for Identify without credentials. */
export type WsmanExchange = (request: IncomingMessage, response: ServerResponse, anonymous: boolean) => Promise<void>;

/**
 * One SOAP message in, one out: who sent it, is it a SOAP message, read it, hand it on, write the answer. Each step refuses by
 * itself, cheapest first, and nothing of the body is read before its sender is known.
 */
export function createWsmanExchange(context: ExchangeContext): WsmanExchange {
  const { service, authenticator, allowUnencrypted, limits, logger, inFlight } = context;
  const refusalLog = createRefusalLog(logger);
  const [remote, local, secure] = [
    { tls: false, loopback: false },
    { tls: false, loopback: true },
    { tls: true, loopback: false },
  ].map((place) => authenticator.securityProfiles(place));

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

    let sender: AuthenticatedUser | undefined;
    const authorization = authorizationFields(request.rawHeaders);
    const anonymous = anonymousPath || (authorization.length === 0 && request.headers.wsmanidentify !== undefined);
    if (!anonymous) {
      // Who was signed in has tried, if not now.
      const tried = authorization.length > 0 || connection.session !== undefined;
      const pending = identifySender(authenticator, request, authorization, connection);
      const result = pending instanceof Promise ? await pending : pending;
      if (result.kind !== 'authenticated') return turnDown(refusalOf(result, connection, tried));
      sender = result;
      if (result.warning !== undefined) refusalLog.warn(connection.address, { user: result.user }, result.warning);
      // The scheme's last word goes with whatever the answer will be.
      if (result.challenge !== undefined) response.setHeader('WWW-Authenticate', result.challenge);
      if (result.connection !== undefined) {
        // Nothing was asked yet; the message follows, without `Authorization`.
        if (authorization.length > 0 && request.headers['content-length'] === '0') {
          response.writeHead(200, ['Content-Length', '0']).end();
          return;
        }
        const { security } = result.connection;
        if (security !== undefined && isSealed(request))
          return answerSealed(request, response, connection, { sender, security, startedAt, turnDown });
        if (!mayBeClear(connection, security)) {
          refusalLog.warn(connection.address, { user: result.user }, 'a message in clear was refused');
          return turnDown(refusals.inClear);
        }
      }
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
      if (anonymous && !mentionsIdentify(body)) return turnDown(challenge(connection));

      const answer = await ask(body, contentType, sender, connection, false);
      // A peer on this machine is woken by the first answer and finds the others when it comes for the next.
      await endOfTurn();
      if (!response.destroyed) send(response, answer);
      logExchange({ logger, refusalLog }, connection, sender?.user, answer, startedAt);
    } finally {
      inFlight.count--;
    }
  }

  /** The same for a message that was sealed: opened on its way in, and the answer, be it a fault, sealed on its way out. */
  async function answerSealed(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    { sender, security, startedAt, turnDown }: SealedExchange,
  ) {
    /** A message that was not opened leaves a gap in the count of messages: the peer has to authenticate again. */
    const skip = (refusal: Refusal): void => {
      connection.session = undefined;
      turnDown(refusal);
    };
    if (inFlight.count >= limits.maxRequestsInFlight) return skip(refusals.overloaded);

    inFlight.count++;
    try {
      const limit = context.maxBodyBytes() + MAX_FRAME_BYTES;
      const body = await receive(request, response, limit);
      if (body === 'client gone') return;
      if (body === 'too large') return skip(tooLarge(limit));

      const opened = await openMessage(request.headers['content-type'] ?? '', body, security);
      const answer = await ask(opened.body, opened.contentType, sender, connection, true);
      const sealed = await sealResponse(answer, security, opened.tabs);
      await endOfTurn();
      if (!response.destroyed) send(response, sealed);
      logExchange({ logger, refusalLog }, connection, sender.user, answer, startedAt);
    } catch (error) {
      if (!isBrokenSeal(error)) throw error;
      const facts = { user: sender.user, reason: error.message };
      refusalLog.warn(connection.address, facts, 'sealed message refused; connection closed');
      connection.session = undefined;
      request.socket.destroy();
    } finally {
      inFlight.count--;
    }
  }

  function ask(
    body: Buffer,
    { charset }: ContentType,
    sender: AuthenticatedUser | undefined,
    connection: Connection,
    sealed: boolean,
  ) {
    const { tls, loopback, address, localPort: port, signal } = connection;
    const securityProfiles = (tls ? secure : loopback ? local : remote) ?? [];
    const permissions = sender?.account?.permissions;
    const source = { address, loopback, tls, port, sealed };
    const call = new CallRecord({ user: sender?.user, now: context.now });
    return service.handle({ body, charset, permissions, securityProfiles, source, signal }, call);
  }

  /**
   * Windows' AllowUnencrypted, for senders that could have sealed. Those that cannot (`curl --ntlm`) are treated as Basic is.
   *
   * @param security what was agreed on
   */
  function mayBeClear(connection: Connection, security: MessageSecurity | undefined): boolean {
    const sealing = security !== undefined && security.optional !== true;
    return connection.tls || allowUnencrypted || (!sealing && connection.loopback);
  }

  /** Why the peer is turned down goes to the log; the peer only learns what it may try. */
  function refusalOf(
    result: Exclude<AuthenticatorResult, { kind: 'authenticated' }>,
    connection: Connection,
    tried: boolean,
  ): Refusal {
    if (result.kind === 'continue') return unauthorized(result.challenge);
    const { address, tls } = connection;
    const refusal = challenge(connection);
    // A request without credentials is how many clients begin, and no news unless they cannot go on.
    const isNews = tried || refusal === refusals.noWayToAuthenticate;
    if (isNews) refusalLog.warn(address, { tls, reason: result.reason }, 'not authenticated');
    else logger.debug({ peer: address, tls, reason: result.reason }, 'not authenticated');
    return result.kind === 'overloaded' ? refusals.overloaded : refusal;
  }

  function challenge(connection: Connection): Refusal {
    const challenges = authenticator.challenges(connection);
    // RFC 9110 §15.5.2: a 401 names at least one scheme.
    return challenges.length === 0 ? refusals.noWayToAuthenticate : unauthorized(challenges);
  }

  async function exchange(
    request: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    anonymous: boolean,
  ): Promise<void> {
    try {
      await run(request, response, connection, anonymous);
    } catch (error) {
      logger.error({ err: error, peer: connection.address }, 'internal error');
      refuse(request, response, refusals.internal, limits.lingerMs);
    }
  }

  return (request, response, anonymous) => {
    const connection = connectionOf(request.socket);
    if (connection.running < MAX_PIPELINED)
      return connection.inTurn(() => exchange(request, response, connection, anonymous));
    refusalLog.warn(connection.address, {}, 'too many requests wait on one connection');
    refuse(request, response, refusals.overloaded, limits.lingerMs);
    return Promise.resolve();
  };
}

/** What is known of a sealed message before its body is read. */
interface SealedExchange {
  readonly sender: AuthenticatedUser;
  readonly security: MessageSecurity;
  readonly startedAt: number;
  turnDown(refusal: Refusal): void;
}

function isSealed({ headers }: IncomingMessage): boolean {
  return headers['content-type'] !== undefined && isEncryptedContentType(headers['content-type']);
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
  return type !== undefined && isSoap(type) ? type : refusals.wrongContentType;
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
