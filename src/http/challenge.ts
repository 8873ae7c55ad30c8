import type { Authenticator } from '../auth/schemes/authenticator.js';
import type { Connection } from './connection.js';
import { type Refusal, refusals, unauthorized } from './refusal.js';

/** Asks a peer for credentials, by the schemes that are enabled where it is. */
export function challengeOf(authenticator: Authenticator, connection: Connection): Refusal {
  const challenges = authenticator.challenges(connection);
  // RFC 9110 §15.5.2: a 401 names at least one scheme.
  return challenges.length === 0 ? refusals.noWayToAuthenticate : unauthorized(challenges);
}
