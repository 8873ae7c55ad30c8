import { timingSafeEqual } from 'node:crypto';
import { withoutDomain } from '../accounts/account-name.js';
import { type DomainPolicy, domainOf, domainProblem } from '../accounts/domain-policy.js';
import type { NtHashLookup } from '../accounts/user-store.js';
import { type LockOut, NO_LOCK_OUT } from '../lock-out/lock-out.js';
import { type ChannelBindingPolicy, channelBindingProblem } from '../schemes/channel-binding.js';
import { type PendingChallenge, protectionWeakness } from './answer-negotiate.js';
import { type AuthenticateMessage, readAuthenticateMessage } from './authenticate-message.js';
import { AV_FLAG_MIC, AvId, avFlagsOf } from './av-pairs.js';
import { type NtlmV2Response, readNtlmV2Response } from './client-challenge.js';
import { messageIntegrityCode } from './message-integrity.js';
import { NegotiateFlag as Flag, hasFlag } from './negotiate-flags.js';
import { type NtlmNames, ownDomains } from './ntlm-names.js';
import { ntProof, responseKey, sessionBaseKey, upperCaseForms } from './ntlmv2.js';
import { rc4Once } from './rc4.js';
import { type TargetNamePolicy, targetNameProblem } from './target-name.js';

/** What an answer is checked against. */
export interface VerificationContext {
  readonly names: NtlmNames;
  readonly domain: DomainPolicy;
  readonly channelBinding: ChannelBindingPolicy;
  /** Default: `none`. */
  readonly targetName?: TargetNamePolicy;
  /** Other names and addresses by which clients reach this service. */
  readonly hosts?: readonly string[];
  /** Whether the connection is TLS, and its certificate's hash. */
  readonly tls: boolean;
  readonly serverEndPoint: Uint8Array | undefined;
  /** Gives an account's NT hash, or a decoy: the work is the same for every name. */
  readonly ntHashOf: (name: string) => NtHashLookup;
  /** Default: nobody is locked out. */
  readonly lockOut?: LockOut;
  /** The peer's, for that. */
  readonly address?: string;
}

export type Verification =
  | { readonly kind: 'refused'; readonly reason: string }
  | {
      readonly kind: 'authenticated';
      readonly user: string;
      /** 16 bytes. */
      readonly exportedSessionKey: Buffer;
      readonly flags: number;
      /** FILETIME of the client; ours, when it sent back what it got. */
      readonly timestamp: Buffer;
    };

/** Bits that decide how messages are protected: a client may take on no more than was agreed to. */
const PROTECTING = Flag.sign | Flag.seal | Flag.extendedSessionSecurity | Flag.key128 | Flag.keyExchange;

/**
 * Checks AUTHENTICATE (MS-NLMP 3.2.5.1.2), NTLMv2 only: nobody anonymous, no older response, whatever else the message says. The
 * password comes first, so that a peer without it learns nothing of the other checks, not even by their time.
 *
 * @throws MalformedTokenError when the message is none
 */
export function verifyAuthenticate(
  pending: PendingChallenge,
  authenticate: Buffer,
  context: VerificationContext,
): Verification | Promise<Verification> {
  const message = readAuthenticateMessage(authenticate);
  if (message.user === '') return refused('anonymous: no user name');
  if (hasFlag(message.flags, Flag.anonymous)) return refused('anonymous: by its flags');
  const response = readNtlmV2Response(message.ntResponse);

  const { lockOut = NO_LOCK_OUT, address = '' } = context;
  const account = context.ntHashOf(message.user);
  const subject = account.user ?? withoutDomain(message.user);
  // Before anything is said: who is locked out is not to be told from others by the time.
  const key = matchingKey(account.hash, pending.serverChallenge, message, response);
  const locked = lockOut.problem(subject, address);
  if (locked !== undefined) return refused(`${locked} (user "${message.user}")`);
  return lockOut.attempt(subject, address, (problem) => {
    // What others have counted may be held against the whole address, too.
    const late = problem ?? lockOut.problem(subject, address);
    if (late !== undefined) return refused(`${late} (user "${message.user}")`);
    if (account.user !== undefined && !isSame(account, context.ntHashOf(message.user)))
      return refused(`the password was changed while it was checked (user "${message.user}")`);
    return judge({ pending, authenticate, message, response, account, key, subject }, context);
  });
}

function isSame(before: NtHashLookup, now: NtHashLookup): boolean {
  return before.user === now.user && before.hash.equals(now.hash);
}

/** An answer whose proof was compared with what the account's password makes of it. */
interface ComparedAnswer {
  readonly pending: PendingChallenge;
  readonly authenticate: Buffer;
  readonly message: AuthenticateMessage;
  readonly response: NtlmV2Response;
  readonly account: NtHashLookup;
  /** Undefined: the proof is that of another password. */
  readonly key: Buffer | undefined;
  /** Who is locked out by too many wrong ones. */
  readonly subject: string;
}

function judge(answer: ComparedAnswer, context: VerificationContext): Verification {
  const { pending, authenticate, message, response, account, key, subject } = answer;
  const { lockOut = NO_LOCK_OUT, address = '' } = context;
  if (account.user === undefined || key === undefined) {
    lockOut.failed(subject, address);
    return refused(`${account.user === undefined ? account.problem : 'wrong password for'} "${message.user}"`);
  }

  const domain = message.domain === '' ? domainOf(message.user, account.user) : message.domain;
  const problem =
    domainProblem({ policy: context.domain, ours: ownDomains(context.names) }, domain) ??
    flagProblem(pending.flags, message) ??
    placeProblem(response, context);
  if (problem !== undefined) return refused(`${problem} (user "${message.user}")`);

  const exportedSessionKey = exportedKeyOf(sessionBaseKey(key, response.proof), message);
  if (!isIntact(message, response, () => messageIntegrityCode(exportedSessionKey, { ...pending, authenticate })))
    return refused(`the MIC is wrong or was taken out (user "${message.user}")`);
  lockOut.succeeded(subject, address);
  return {
    kind: 'authenticated',
    user: account.user,
    exportedSessionKey,
    flags: message.flags,
    timestamp: response.timestamp,
  };
}

/** The response key that the proof was made with: clients differ in how they write a name in upper case, and some leave out the domain. */
function matchingKey(
  hash: Buffer,
  serverChallenge: Buffer,
  { user, domain }: AuthenticateMessage,
  { proof, clientChallenge }: NtlmV2Response,
): Buffer | undefined {
  const domains = domain === '' ? [''] : [domain, ''];
  let match: Buffer | undefined;
  for (const upperUser of upperCaseForms(user))
    for (const candidate of domains) {
      const key = responseKey(hash, upperUser, candidate);
      // No early end: a match must not be told from a miss by its time.
      if (timingSafeEqual(ntProof(key, serverChallenge, clientChallenge), proof)) match ??= key;
    }
  return match;
}

function flagProblem(agreed: number, { flags, encryptedSessionKey }: AuthenticateMessage): string | undefined {
  if (!hasFlag(flags, Flag.sign | Flag.seal)) return undefined;
  if ((flags & PROTECTING & ~agreed) !== 0) return 'AUTHENTICATE with flags that were not agreed to';
  const weakness = protectionWeakness(flags);
  if (weakness !== undefined) return `AUTHENTICATE ${weakness}`;
  if (hasFlag(flags, Flag.keyExchange) && encryptedSessionKey.length !== 16) return 'no session key of 16 bytes';
  return undefined;
}

/** What the client believes to talk to: the TLS connection, and the name of the service. */
function placeProblem({ avPairs }: NtlmV2Response, context: VerificationContext): string | undefined {
  return (
    channelBindingProblem({
      policy: context.channelBinding,
      sent: avPairs.get(AvId.channelBindings),
      tls: context.tls,
      serverEndPoint: context.serverEndPoint,
    }) ??
    targetNameProblem({
      policy: context.targetName ?? 'none',
      sent: avPairs.get(AvId.targetName),
      avFlags: avFlagsOf(avPairs),
      names: context.names,
      hosts: context.hosts ?? [],
    })
  );
}

/** The proof covers the flag that tells of a MIC, so that nobody on the way can take both out. */
function isIntact({ mic }: AuthenticateMessage, { avPairs }: NtlmV2Response, expected: () => Buffer): boolean {
  if (!hasFlag(avFlagsOf(avPairs), AV_FLAG_MIC)) return true;
  return mic !== undefined && timingSafeEqual(mic, expected());
}

/** MS-NLMP 3.2.5.1.2: a key is exchanged only where there is something to sign or seal. */
function exportedKeyOf(keyExchangeKey: Buffer, { flags, encryptedSessionKey }: AuthenticateMessage): Buffer {
  const exchanged = hasFlag(flags, Flag.keyExchange) && hasFlag(flags, Flag.sign | Flag.seal);
  return exchanged ? rc4Once(keyExchangeKey, encryptedSessionKey) : keyExchangeKey;
}

function refused(reason: string): Verification {
  return { kind: 'refused', reason };
}
