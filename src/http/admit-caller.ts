import type { IncomingMessage } from 'node:http';
import { isEncryptedContentType } from '../auth/message-encryption/encrypted-content-type.js';
import type { MessageSecurity } from '../auth/message-encryption/message-security.js';
import { isTakenInClear } from '../auth/schemes/allow-unencrypted.js';
import type { AuthenticatorResult } from '../auth/schemes/authenticator.js';
import { challengeOf } from './challenge.js';
import type { Connection } from './connection.js';
import { noteSignIn } from './connection-room.js';
import type { Exchange } from './exchange.js';
import type { ExchangeContext } from './exchange-context.js';
import { type AuthenticationNews, tell } from './http-observer.js';
import { identifyCaller } from './identify-caller.js';
import { type Refusal, refusals, unauthorized } from './refusal.js';
import type { RefusalLog } from './refusal-log.js';

/** What comes of the question who sent a request: `answered` where that was all the request was about. */
export type Admission = 'admitted' | 'answered' | Refusal;

/** Finds out who sent a request, and whether the message may come as it does, before a byte of it is read. At once when it can. */
export type AdmitCaller = (exchange: Exchange) => Admission | Promise<Admission>;

export function createAdmitCaller(context: ExchangeContext, refusalLog: RefusalLog): AdmitCaller {
  const { authenticator, allowUnencrypted, logger, observer } = context;

  function settle(exchange: Exchange, result: AuthenticatorResult, tried: boolean): Admission {
    const { connection, response } = exchange;
    // Whoever is signed in on the connection was heard of when that happened.
    if (result.kind !== 'authenticated' || exchange.authorization.length > 0 || !connection.hasSignedIn)
      tell(observer, 'authentication', () => newsOf(exchange, result, tried));
    if (result.kind !== 'authenticated') return refusalOf(result, connection, tried);
    exchange.caller = result;
    if (!connection.hasSignedIn) {
      connection.hasSignedIn = true;
      noteSignIn(connection.carrier ?? exchange.request.socket, result.user);
    }
    if (result.warning !== undefined) refusalLog.warn(connection.address, { user: result.user }, result.warning);
    // The scheme's last word goes with whatever the answer will be.
    if (result.challenge !== undefined) response.setHeader('WWW-Authenticate', result.challenge);
    return result.connection === undefined ? 'admitted' : chooseSeal(exchange, result.user, result.connection.security);
  }

  /** On a connection that is authenticated as such: how the message comes, sealed or in clear, if it comes at all. */
  function chooseSeal(exchange: Exchange, user: string, security: MessageSecurity | undefined): Admission {
    const { request, response, connection } = exchange;
    // Nothing was asked yet; the message follows, without `Authorization`.
    if (exchange.authorization.length > 0 && request.headers['content-length'] === '0') {
      response.writeHead(200, ['Content-Length', '0']).end();
      return 'answered';
    }
    if (security !== undefined && isSealed(request)) {
      exchange.security = security;
      return 'admitted';
    }
    if (mayBeClear(connection, security)) return 'admitted';
    refusalLog.warn(connection.address, { user }, 'a message in clear was refused');
    return allowUnencrypted === 'never' ? refusals.neverInClear : refusals.inClear;
  }

  /**
   * Windows' AllowUnencrypted, for callers that could have sealed. Those that cannot (`curl --ntlm`) are treated as Basic is.
   *
   * @param security what was agreed on
   */
  function mayBeClear(connection: Connection, security: MessageSecurity | undefined): boolean {
    const sealing = security !== undefined && security.optional !== true;
    return (
      connection.tls || allowUnencrypted === 'always' || (!sealing && isTakenInClear(allowUnencrypted, connection))
    );
  }

  /** Basic cannot seal: where nothing in clear is taken, the password is not even looked at. */
  function isHopeless({ authorization, connection }: Exchange): boolean {
    return allowUnencrypted === 'never' && !connection.tls && authorization.some((value) => BASIC.test(value));
  }

  /** Why the peer is turned down goes to the log; the peer only learns what it may try. */
  function refusalOf(
    result: Exclude<AuthenticatorResult, { kind: 'authenticated' }>,
    connection: Connection,
    tried: boolean,
  ): Refusal {
    if (result.kind === 'continue') return unauthorized(result.challenge);
    const { address, tls } = connection;
    const refusal = challengeOf(authenticator, connection);
    // A request without credentials is how many clients begin, and no news unless they cannot go on.
    const isNews = tried || refusal === refusals.noWayToAuthenticate;
    if (isNews) refusalLog.warn(address, { tls, reason: result.reason }, 'not authenticated');
    else logger.debug({ peer: address, tls, reason: result.reason }, 'not authenticated');
    return result.kind === 'overloaded' ? refusals.overloaded : refusal;
  }

  return (exchange) => {
    if (exchange.anonymous) return 'admitted';
    const { request, authorization, connection } = exchange;
    if (isHopeless(exchange)) {
      connection.session = undefined;
      refusalLog.warn(connection.address, {}, 'a message in clear was refused');
      return refusals.neverInClear;
    }
    // Who was signed in has tried, if not now.
    const tried = authorization.length > 0 || connection.session !== undefined;
    const pending = identifyCaller(authenticator, request, authorization, connection);
    return pending instanceof Promise
      ? pending.then((result) => settle(exchange, result, tried))
      : settle(exchange, pending, tried);
  };
}

const SCHEMES = new Set(['basic', 'negotiate', 'kerberos', 'ntlm']);

function newsOf(
  { authorization, connection }: Exchange,
  result: AuthenticatorResult,
  tried: boolean,
): AuthenticationNews {
  const scheme = authorization[0]?.split(' ', 1)[0]?.toLowerCase();
  return {
    result: result.kind === 'refused' && !tried ? 'challenged' : result.kind,
    scheme: scheme === undefined ? 'none' : SCHEMES.has(scheme) ? scheme : 'other',
    user: result.kind === 'authenticated' ? result.user : undefined,
    peer: connection.address,
    tls: connection.tls,
  };
}

const BASIC = /^basic(?: |$)/i;

function isSealed({ headers }: IncomingMessage): boolean {
  return headers['content-type'] !== undefined && isEncryptedContentType(headers['content-type']);
}
