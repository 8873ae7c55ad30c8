import type {
  AuthenticationAttempt,
  AuthenticationResult,
  AuthenticationScheme,
  Peer,
} from './authentication-scheme.js';
import { parseBasicCredentials } from './basic-credentials.js';
import type { UserStore } from './user-store.js';
import { createVerifiedCredentials } from './verified-credentials.js';
import { QueueFullError } from './work-queue.js';

const PROFILES = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile';

export interface BasicOptions {
  /** Take passwords over plain HTTP from other machines too. Default: false. */
  readonly allowUnencrypted?: boolean;
}

/**
 * HTTP Basic (RFC 7617) against the accounts of a store. Over plain HTTP it is offered to this machine only, unless allowed by name:
 * Windows calls the same switch AllowUnencrypted.
 */
export function createBasicScheme(users: UserStore, options: BasicOptions = {}): AuthenticationScheme {
  const { allowUnencrypted = false } = options;
  const verified = createVerifiedCredentials();
  // Many connections of one client begin at once with the same header; they share one check.
  const checks = new Map<string, Promise<AuthenticationResult>>();

  const isOffered = (peer: Peer): boolean => peer.tls || peer.loopback || allowUnencrypted;

  async function check(key: string, header: string): Promise<AuthenticationResult> {
    const credentials = parseBasicCredentials(header);
    if (typeof credentials === 'string') return refused(credentials);
    const { name, password } = credentials;
    const known = users.resolve(name);
    const account = known === undefined ? undefined : users.accountOf(known);
    try {
      const user = await users.verify(name, password);
      if (account === undefined) return refused(`no such user: "${name}"`);
      if (user === undefined) return refused(`wrong password for "${name}"`);
      if (account.revoked) return refused(`the password of "${name}" was changed while it was checked`);
      verified.remember(key, account);
      return { kind: 'authenticated', user };
    } catch (error) {
      if (error instanceof QueueFullError) return { kind: 'overloaded', reason: `password checks: ${error.message}` };
      throw error;
    }
  }

  function authenticate({
    authorization,
    peer,
  }: AuthenticationAttempt): AuthenticationResult | Promise<AuthenticationResult> {
    if (!isOffered(peer)) return refused('over plain HTTP from another machine');
    const key = verified.keyOf(authorization);
    const account = verified.find(key);
    if (account !== undefined) return { kind: 'authenticated', user: account.name };

    const running = checks.get(key);
    if (running !== undefined) return running;
    const started = check(key, authorization).finally(() => checks.delete(key));
    checks.set(key, started);
    return started;
  }

  return {
    name: 'Basic',
    challenge: (peer) => (isOffered(peer) ? 'Basic realm="WSMAN"' : undefined),
    securityProfile: (tls) => `${PROFILES}/${tls ? 'https' : 'http'}/basic`,
    authenticate,
  };
}

function refused(reason: string): AuthenticationResult {
  return { kind: 'refused', reason: `Basic: ${reason}` };
}
