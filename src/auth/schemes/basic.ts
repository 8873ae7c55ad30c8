import { detached } from '../../strings/detached.js';
import { bytesOfText } from '../../strings/message-memory.js';
import type { Account } from '../accounts/account.js';
import { foldAccountName, withoutDomain } from '../accounts/account-name.js';
import { ANY_DOMAIN, type DomainRule, domainOf, domainProblem } from '../accounts/domain-policy.js';
import type { UserStore } from '../accounts/user-store.js';
import { createVerifiedCredentials } from '../accounts/verified-credentials.js';
import { addressGroup } from '../lock-out/address-group.js';
import { type LockOut, NO_LOCK_OUT } from '../lock-out/lock-out.js';
import { createRecentMap } from '../lock-out/recent-map.js';
import { createTurns } from '../lock-out/turns.js';
import { QueueFullError } from '../lock-out/work-queue.js';
import { type AllowUnencrypted, isTakenInClear } from './allow-unencrypted.js';
import type {
  AuthenticationAttempt,
  AuthenticationResult,
  AuthenticationScheme,
  Peer,
  PeerPlace,
} from './authentication-scheme.js';
import { type BasicCredentials, parseBasicCredentials } from './basic-credentials.js';

const PROFILES = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile';

export interface BasicOptions {
  /** From whom passwords are taken over plain HTTP. Default: callers on this machine. */
  readonly allowUnencrypted?: AllowUnencrypted;
  /** What to make of the domain in a name. Default: nothing. */
  readonly domain?: DomainRule;
  /**
   * Names and passwords that the accounts were made with just now. A sign-in with them is compared with these, and waits for no hash,
   * which takes some 50 ms.
   */
  readonly given?: readonly BasicCredentials[];
  /** Shared by all schemes. Default: nobody is locked out. */
  readonly lockOut?: LockOut;
}

/** How many wrong `Authorization` values are remembered, by their digests. */
const REFUSED_CREDENTIALS = 1024;
/** What is kept of a reason, in characters: it holds the name, which can be as long as a header. The log cuts it there, too. */
const MAX_REASON = 500;

/** Password checks that may wait at an address with too many wrong passwords. */
const MAX_CROWD = 16;

/** Why a value was refused, which holds for as long as the name means the same account (or none) with the same password. */
interface RefusedCredential {
  readonly account: Account | undefined;
  readonly reason: string;
}

/** Whose password has been checked. */
interface CheckedName {
  readonly name: string;
  /** The digest of the whole `Authorization` value. */
  readonly key: string;
  readonly address: string;
  /** As it was before the check. */
  readonly account: Account | undefined;
  /** Who is locked out by too many wrong ones. */
  readonly subject: string;
  /** There were too many wrong ones from the address. */
  readonly isCrowded: boolean;
}

/**
 * HTTP Basic (RFC 7617) against the accounts of a store. Over plain HTTP it is offered to this machine only, unless allowed by name:
 * Windows calls the same switch AllowUnencrypted.
 */
export function createBasicScheme(users: UserStore, options: BasicOptions = {}): AuthenticationScheme {
  const { allowUnencrypted = 'loopback', domain = ANY_DOMAIN, lockOut = NO_LOCK_OUT, given = [] } = options;
  const verified = createVerifiedCredentials();
  const refusedBefore = createRecentMap<string, RefusedCredential>(
    REFUSED_CREDENTIALS,
    ({ reason }) => 64 + bytesOfText(reason),
  );
  // One after the other, so that guesses sent all at once do not get ahead of the count of wrong ones.
  const turns = createTurns();
  // Many connections of one client begin at once with the same header; they share one check.
  const checks = new Map<string, Promise<AuthenticationResult>>();
  // At an address with too many wrong passwords all are checked, one after the other, and most for nothing: time must not tell whose count.
  const crowds = new Map<string, number>();

  for (const credentials of given) rememberGiven(credentials);

  const isOffered = (peer: PeerPlace): boolean => peer.tls || isTakenInClear(allowUnencrypted, peer);

  /** The account that a name means at this moment. */
  function findAccount(name: string): Account | undefined {
    const known = users.resolve(name);
    return known === undefined ? undefined : users.accountOf(known);
  }

  function rememberGiven({ name, password }: BasicCredentials): void {
    const header = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
    const read = parseBasicCredentials(header);
    // Neither what the header cannot say, nor a name that would be refused.
    if (typeof read === 'string' || read.name !== name || read.password !== password) return;
    const account = findAccount(name);
    if (account === undefined || domainProblem(domain, domainOf(name, account.name)) !== undefined) return;
    verified.remember(verified.keyOf(header), account);
  }

  async function check(credentials: BasicCredentials, key: string, address: string): Promise<AuthenticationResult> {
    const { name } = credentials;
    const account = findAccount(name);
    const subject = account?.name ?? withoutDomain(name);
    return lockOut.attempt(subject, address, async (problem) => {
      if (problem !== undefined) return refused(`${problem} (user "${name}")`);
      return checkPassword(credentials, { name, key, address, account, subject });
    });
  }

  async function checkPassword(
    { name, password }: BasicCredentials,
    checked: Omit<CheckedName, 'isCrowded'>,
  ): Promise<AuthenticationResult> {
    const { subject, address } = checked;
    const crowded = lockOut.addressProblem(address);
    const isHeld = crowded !== undefined && !lockOut.isKnown(subject, address);
    try {
      const user = await users.verify(name, password);
      if (!isHeld) return judge({ ...checked, isCrowded: crowded !== undefined }, user);
      // Whether it was right or wrong: else the time of the answers that follow would tell.
      lockOut.failed(subject, address, false);
      return refused(`${crowded} (user "${name}")`);
    } catch (error) {
      if (error instanceof QueueFullError) return { kind: 'overloaded', reason: `password checks: ${error.message}` };
      throw error;
    }
  }

  /** @param user whose password it is; undefined when it is wrong */
  function judge(
    { name, key, address, account, subject, isCrowded }: CheckedName,
    user: string | undefined,
  ): AuthenticationResult {
    if (account === undefined || user === undefined) {
      lockOut.failed(subject, address);
      const reason = account === undefined ? `no such user: "${name}"` : `wrong password for "${name}"`;
      if (!isCrowded) refusedBefore.set(key, { account, reason: detached(reason.slice(0, MAX_REASON)) });
      return refused(reason);
    }
    if (account.revoked) return refused(`the password of "${name}" was changed while it was checked`);
    const foreign = domainProblem(domain, domainOf(name, account.name));
    if (foreign !== undefined) return refused(`${foreign} (user "${name}")`);
    lockOut.succeeded(subject, address);
    verified.remember(key, account);
    return { kind: 'authenticated', user };
  }

  /** What a connection sends for the first time: who is locked out is told so before anything is looked up that could tell more. */
  function authenticateFirst(
    key: string,
    header: string,
    peer: Peer,
  ): AuthenticationResult | Promise<AuthenticationResult> {
    const { address } = peer;
    const credentials = parseBasicCredentials(header);
    if (typeof credentials === 'string') return refused(credentials);
    const { name } = credentials;
    const subject = users.resolve(name) ?? withoutDomain(name);
    const problem = lockOut.accountProblem(subject, address);
    if (problem !== undefined) return refused(`${problem} (user "${name}")`);
    const isCrowded = lockOut.addressProblem(address) !== undefined;
    const before = isCrowded ? undefined : refusedBefore.get(key);
    // A client that repeats itself is no guesser: that costs neither a check nor a step on the way to being locked out.
    if (before !== undefined && before.account === findAccount(name)) return refused(before.reason);
    const checkKey = `${address} ${key}`;
    const running = checks.get(checkKey);
    if (running !== undefined) return prove(running, peer, key);
    const begun = isCrowded
      ? checkInCrowd(credentials, key, address)
      : turns.run(`${address} ${foldAccountName(subject)}`, () => check(credentials, key, address));
    const started = begun.finally(() => checks.delete(checkKey));
    checks.set(checkKey, started);
    return prove(started, peer, key);
  }

  /** One check at a time for the whole address: whoever guesses there leaves most of the processor to others. */
  async function checkInCrowd(
    credentials: BasicCredentials,
    key: string,
    address: string,
  ): Promise<AuthenticationResult> {
    const group = addressGroup(address);
    const size = crowds.get(group) ?? 0;
    if (size >= MAX_CROWD) return { kind: 'overloaded', reason: `Basic: too many password checks wait at ${address}` };
    crowds.set(group, size + 1);
    try {
      return await turns.run(group, () => check(credentials, key, address));
    } finally {
      const left = (crowds.get(group) ?? 1) - 1;
      if (left > 0) crowds.set(group, left);
      else crowds.delete(group);
    }
  }

  async function prove(pending: Promise<AuthenticationResult>, peer: Peer, key: string): Promise<AuthenticationResult> {
    const result = await pending;
    if (result.kind === 'authenticated') peer.provenCredentials = key;
    return result;
  }

  function authenticate({
    authorization,
    peer,
  }: AuthenticationAttempt): AuthenticationResult | Promise<AuthenticationResult> {
    if (!isOffered(peer)) return refused(peer.loopback ? 'over plain HTTP' : 'over plain HTTP from another machine');
    const key = verified.keyOf(authorization);
    const account = verified.find(key);
    if (account === undefined) return authenticateFirst(key, authorization, peer);
    // Of a client that opens a connection for each request, nothing of the header has to be read again.
    const goOn = (isAdmitted: boolean) => {
      // The account may have got another password while others were asked.
      if (!isAdmitted || account.revoked) return authenticateFirst(key, authorization, peer);
      peer.provenCredentials = key;
      return { kind: 'authenticated', user: account.name } as const;
    };
    // A connection on which a value was found correct goes on with it, also while somebody else at its address is locked out.
    const isAdmitted = peer.provenCredentials === key || lockOut.admits(account.name, peer.address);
    return typeof isAdmitted === 'boolean' ? goOn(isAdmitted) : isAdmitted.then(goOn);
  }

  return {
    name: 'Basic',
    challenge: (peer) => (isOffered(peer) ? 'Basic realm="WSMAN"' : undefined),
    securityProfile: (place) => (isOffered(place) ? `${PROFILES}/${place.tls ? 'https' : 'http'}/basic` : undefined),
    authenticate,
  };
}

function refused(reason: string): AuthenticationResult {
  return { kind: 'refused', reason: `Basic: ${reason}` };
}
