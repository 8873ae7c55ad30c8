import type { IncomingMessage } from 'node:http';
import type { Authenticator, AuthenticatorResult } from '../auth/schemes/authenticator.js';
import type { Connection } from './connection.js';
import { isForwarded } from './is-forwarded.js';

const BEHIND_PROXY =
  'a proxy forwarded the request (Via, Forwarded or X-Forwarded-For): it may share the connection between users';

const REVOKED = 'the account was removed, or got another password, since the connection was signed in';

/**
 * Finds out who sent a request: by its credentials; without any, by those that the connection was authenticated with. Any attempt
 * ends what was there before, whatever comes of it: the second request of a connection cannot live on the first one's success.
 *
 * What was signed in with an account's old password ends with it, and what was signed in with a certificate ends with that.
 *
 * Connections are not authenticated through a proxy that admits to be one, since it may send other people's requests over the same
 * connection (RFC 4559 §6).
 *
 * @param authorization all `Authorization` fields of the request
 */
export function identifyCaller(
  authenticator: Authenticator,
  request: IncomingMessage,
  authorization: readonly string[],
  connection: Connection,
): AuthenticatorResult | Promise<AuthenticatorResult> {
  const { session, conversation } = connection;
  connection.session = undefined;
  if (authorization.length === 0 && session !== undefined) {
    if (isForwarded(request)) return { kind: 'refused', reason: BEHIND_PROXY };
    if (session.account?.revoked) return { kind: 'refused', reason: `${REVOKED} (user "${session.user}")` };
    const problem = session.connection?.problem?.();
    if (problem !== undefined) return { kind: 'refused', reason: `${problem} (user "${session.user}")` };
    connection.session = session;
    return session;
  }
  const pending = authenticator.authenticate(authorization, connection);
  const settle = (result: AuthenticatorResult): AuthenticatorResult => {
    // Another scheme, or none, had its say in between: the answer to the open challenge would come too late.
    if (conversation !== undefined && connection.conversation === conversation) delete connection.conversation;
    return bindToConnection(result, request, connection);
  };
  return pending instanceof Promise ? pending.then(settle) : settle(pending);
}

function bindToConnection(
  result: AuthenticatorResult,
  request: IncomingMessage,
  connection: Connection,
): AuthenticatorResult {
  const isBound = result.kind === 'continue' || (result.kind === 'authenticated' && result.connection !== undefined);
  if (!isBound) return result;
  if (isForwarded(request)) {
    delete connection.conversation;
    return { kind: 'refused', reason: BEHIND_PROXY };
  }
  if (result.kind === 'authenticated') {
    const { user, account } = result;
    connection.session = { kind: 'authenticated', user, account, connection: result.connection ?? {} };
  }
  return result;
}
