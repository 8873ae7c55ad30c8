import type { DomainPolicy } from '../accounts/domain-policy.js';
import type { NtHashLookup } from '../accounts/user-store.js';
import { type LockOut, NO_LOCK_OUT } from '../lock-out/lock-out.js';
import { MalformedTokenError } from '../malformed-token-error.js';
import type { ChannelBindingPolicy } from '../schemes/channel-binding.js';
import type { MechanismStep, SecurityMechanism } from '../schemes/security-mechanism.js';
import { answerNegotiate, type PendingChallenge } from './answer-negotiate.js';
import { readFileTime } from './file-time.js';
import type { NtlmNames } from './ntlm-names.js';
import { createSessionSecurity } from './session-security.js';
import type { TargetNamePolicy } from './target-name.js';
import { type Verification, verifyAuthenticate } from './verify-authenticate.js';

/** MS-SPNG 1.9.1: NTLM among the mechanisms of SPNEGO. */
export const NTLM_OID = '1.3.6.1.4.1.311.2.2.10';

/** Windows gives a challenge 36 hours (MS-NLMP <39>). Ours live as long as one connection, so a wrong clock is only worth a remark. */
const CLOCK_TOLERANCE_MS = 36 * 60 * 60 * 1000;

export interface NtlmOptions {
  /** Gives an account's NT hash, or a decoy. */
  readonly ntHashOf: (name: string) => NtHashLookup;
  /** Under which names this server answers, see `ntlmNamesOf`. */
  readonly names: NtlmNames;
  /** What to make of the domain in front of a user's name. Default: `ignored`. */
  readonly domain?: DomainPolicy;
  /** Default: `relaxed`, as Windows. */
  readonly channelBinding?: ChannelBindingPolicy;
  /** What a client must say about the service it means. Default: `none`, as Windows. */
  readonly targetName?: TargetNamePolicy;
  /** Names and addresses by which clients reach this service, besides `names` and the address they are connected to. */
  readonly hosts?: readonly string[];
  /** Shared by all schemes. Default: nobody is locked out. */
  readonly lockOut?: LockOut;
  /** The clock. */
  readonly now?: () => Date;
}

/** The server's side of NTLM: one challenge per conversation, one answer per challenge. */
export function createNtlmMechanism(options: NtlmOptions): SecurityMechanism {
  const {
    ntHashOf,
    names,
    domain = 'ignored',
    channelBinding = 'relaxed',
    targetName = 'none',
    hosts = [],
    lockOut = NO_LOCK_OUT,
    now = () => new Date(),
  } = options;

  return {
    oids: [NTLM_OID],
    start(peer) {
      let begun = false;
      let pending: PendingChallenge | undefined;

      function challenge(token: Buffer): MechanismStep {
        begun = true;
        pending = answerNegotiate(token, names, now());
        return { kind: 'continue', token: pending.challenge };
      }

      function finish(token: Buffer): MechanismStep | Promise<MechanismStep> {
        if (pending === undefined) return { kind: 'refused', reason: 'the challenge has been answered already' };
        const answered = pending;
        // Used once, whatever comes of it.
        pending = undefined;
        const { tls, serverEndPoint, address, localAddress } = peer;
        const reached = localAddress === undefined ? hosts : [...hosts, localAddress];
        const channel = { channelBinding, tls, serverEndPoint, targetName, hosts: reached };
        const context = { ...channel, names, domain, ntHashOf, lockOut, address };
        const result = verifyAuthenticate(answered, token, context);
        return result instanceof Promise ? result.then(conclude) : conclude(result);
      }

      function conclude(result: Verification): MechanismStep {
        if (result.kind === 'refused') return result;
        const { user, exportedSessionKey, flags, timestamp } = result;
        return {
          kind: 'authenticated',
          user,
          ...createSessionSecurity(exportedSessionKey, flags, 'server'),
          warning: clockWarning(readFileTime(timestamp) - now().getTime()),
        };
      }

      return {
        step(token) {
          try {
            return begun ? finish(token) : challenge(token);
          } catch (error) {
            if (error instanceof MalformedTokenError) return { kind: 'refused', reason: error.message };
            throw error;
          }
        },
      };
    },
  };
}

function clockWarning(differenceMs: number): string | undefined {
  if (Math.abs(differenceMs) <= CLOCK_TOLERANCE_MS) return undefined;
  return `the client's clock is ${Math.round(differenceMs / 3_600_000)} hours off`;
}
