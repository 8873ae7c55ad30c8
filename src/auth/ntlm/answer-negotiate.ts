import { randomBytes } from 'node:crypto';
import { MalformedTokenError } from '../malformed-token-error.js';
import { AvId, writeAvPairs } from './av-pairs.js';
import { writeChallengeMessage } from './challenge-message.js';
import { writeFileTime } from './file-time.js';
import { NegotiateFlag as Flag, hasFlag, joinFlags } from './negotiate-flags.js';
import { readNegotiateMessage } from './negotiate-message.js';
import { type NtlmNames, namePairs } from './ntlm-names.js';

/** A challenge that has been sent and not been answered: all that is needed to check the answer, once. */
export interface PendingChallenge {
  readonly negotiate: Buffer;
  readonly challenge: Buffer;
  /** 8 bytes. */
  readonly serverChallenge: Buffer;
  /** What was agreed to. */
  readonly flags: number;
}

/** The wishes of a client that are granted. Left out: LM keys, datagrams, anonymous sessions. */
const GRANTED = joinFlags(
  Flag.unicode,
  Flag.oem,
  Flag.sign,
  Flag.seal,
  Flag.extendedSessionSecurity,
  Flag.identify,
  Flag.version,
  Flag.key128,
  Flag.key56,
  Flag.keyExchange,
);

/** MS-NLMP 3.2.5.1.1; of a machine outside a domain. */
const ALWAYS = joinFlags(Flag.requestTarget, Flag.ntlm, Flag.alwaysSign, Flag.targetInfo, Flag.targetTypeServer);

/**
 * Answers NEGOTIATE with CHALLENGE (MS-NLMP 3.2.5.1.1): eight random bytes that no other answer will fit, our names, and the time,
 * which is what makes a client sign all three messages.
 *
 * @throws MalformedTokenError when the message is none, or asks for protection that is too weak
 */
export function answerNegotiate(negotiate: Buffer, names: NtlmNames, now: Date = new Date()): PendingChallenge {
  const flags = agreedFlags(readNegotiateMessage(negotiate).flags);
  const serverChallenge = randomBytes(8);
  const challenge = writeChallengeMessage(
    {
      flags,
      targetName: names.computer,
      challenge: serverChallenge,
      targetInfo: writeAvPairs([...namePairs(names), [AvId.timestamp, writeFileTime(now)]]),
    },
    hasFlag(flags, Flag.version) ? { major: 10, minor: 0, build: 0 } : undefined,
  );
  return { negotiate, challenge, serverChallenge, flags };
}

function agreedFlags(asked: number): number {
  if (!hasFlag(asked, Flag.unicode | Flag.oem)) throw new MalformedTokenError('NEGOTIATE without a character set');
  let flags = asked & GRANTED;
  if (hasFlag(flags, Flag.unicode)) flags &= ~Flag.oem;
  if (hasFlag(flags, Flag.sign | Flag.seal)) {
    const weakness = protectionWeakness(flags);
    if (weakness !== undefined) throw new MalformedTokenError(`NEGOTIATE ${weakness}`);
  } else {
    // Without messages to protect, clients disagree on whether the exchanged key or the other one signs (MS-NLMP 3.1.5.1.2).
    flags &= ~(Flag.keyExchange | Flag.key128 | Flag.key56);
  }
  return joinFlags(flags, ALWAYS);
}

/** What flags that ask for signing or sealing lack to be taken; the older kinds have keys of 40 bits and a CRC for a signature. */
export function protectionWeakness(flags: number): string | undefined {
  if (!hasFlag(flags, Flag.extendedSessionSecurity)) return 'without extended session security';
  if (!hasFlag(flags, Flag.key128)) return 'without 128-bit keys';
  return undefined;
}
