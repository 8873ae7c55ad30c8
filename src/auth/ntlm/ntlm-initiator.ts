import { randomBytes } from 'node:crypto';
import { MalformedTokenError } from '../malformed-token-error.js';
import { channelBindingHash } from '../schemes/channel-binding.js';
import { withMic, writeAuthenticateMessage } from './authenticate-message.js';
import { AV_FLAG_MIC, AvId, type AvPairs, avFlagsOf, readAvPairs } from './av-pairs.js';
import { readChallengeMessage } from './challenge-message.js';
import { writeClientChallenge } from './client-challenge.js';
import { writeFileTime } from './file-time.js';
import { messageIntegrityCode } from './message-integrity.js';
import { NegotiateFlag as Flag, joinFlags } from './negotiate-flags.js';
import { writeNegotiateMessage } from './negotiate-message.js';
import { ntHash } from './nt-hash.js';
import { ntProof, responseKey, sessionBaseKey, upperCaseForms } from './ntlmv2.js';
import { rc4Once } from './rc4.js';
import { createSessionSecurity, type SessionSecurity } from './session-security.js';

/** Who signs in, where. */
export interface NtlmCredentials {
  readonly user: string;
  readonly domain?: string;
  readonly password: string;
}

export interface NtlmInitiatorOptions {
  /** The server's name as `HTTP/host`. */
  readonly targetName?: string;
  /** On HTTPS, the hash of the server's certificate (`tlsServerEndPoint`). */
  readonly serverEndPoint?: Uint8Array | undefined;
  /** Ask for sealed messages; a server that does not agree is not signed in to. Default: true. */
  readonly seal?: boolean;
  readonly workstation?: string;
  /** For tests. */
  readonly random?: (size: number) => Buffer;
}

/** The client's side of one authentication. */
export interface NtlmInitiator {
  readonly negotiate: Buffer;
  /**
   * Answers the server's challenge. Whether the server believes it shows in what it answers; whether it knew the password itself, in
   * the first message that it seals.
   *
   * @throws MalformedTokenError when the challenge is none, or agrees to less than was asked for
   */
  authenticate(challenge: Buffer): { readonly token: Buffer } & SessionSecurity;
}

const BASE = joinFlags(Flag.unicode, Flag.requestTarget, Flag.ntlm, Flag.alwaysSign, Flag.extendedSessionSecurity);
const SEALED = joinFlags(Flag.sign, Flag.seal, Flag.key128, Flag.keyExchange);

/** Begins an NTLMv2 authentication (MS-NLMP 3.1.5.1). */
export function startNtlm(credentials: NtlmCredentials, options: NtlmInitiatorOptions = {}): NtlmInitiator {
  const { user, domain = '', password } = credentials;
  const { seal = true, workstation = '', random = randomBytes } = options;
  const asked = seal ? joinFlags(BASE, SEALED) : BASE;
  const negotiate = writeNegotiateMessage(asked);

  return {
    negotiate,

    authenticate(challenge) {
      const server = readChallengeMessage(challenge);
      const flags = joinFlags(server.flags & joinFlags(asked, Flag.targetInfo));
      if (seal && (flags & SEALED) !== SEALED)
        throw new MalformedTokenError('the server does not agree to sealed messages');
      const targetInfo = readAvPairs(server.targetInfo);
      const hasTime = targetInfo.has(AvId.timestamp);
      const timestamp = targetInfo.get(AvId.timestamp) ?? writeFileTime(new Date());

      const blob = writeClientChallenge(timestamp, random(8), answeredPairs(targetInfo, hasTime, options));
      const [upperUser = user] = upperCaseForms(user);
      const key = responseKey(ntHash(password), upperUser, domain);
      const proof = ntProof(key, server.challenge, blob);
      const keyExchangeKey = sessionBaseKey(key, proof);
      const exportedSessionKey = seal ? random(16) : keyExchangeKey;

      const unsigned = writeAuthenticateMessage(
        {
          ...{ flags, domain, user, workstation },
          ntResponse: Buffer.concat([proof, blob]),
          encryptedSessionKey: seal ? rc4Once(keyExchangeKey, exportedSessionKey) : Buffer.alloc(0),
          mic: hasTime ? Buffer.alloc(16) : undefined,
        },
        // MS-NLMP 3.1.5.1.2: zeros where there is a time, and nothing of ours reads it otherwise.
        { lmResponse: Buffer.alloc(24) },
      );
      const messages = { negotiate, challenge, authenticate: unsigned };
      const token = hasTime ? withMic(unsigned, messageIntegrityCode(exportedSessionKey, messages)) : unsigned;
      return { token, ...createSessionSecurity(exportedSessionKey, flags, 'client') };
    },
  };
}

/** The server's pairs and what the client has to say itself (MS-NLMP 3.1.5.1.2). */
function answeredPairs(targetInfo: AvPairs, mic: boolean, options: NtlmInitiatorOptions): AvPairs {
  const { targetName = '', serverEndPoint } = options;
  const pairs = new Map(targetInfo);
  if (mic) {
    const flags = Buffer.alloc(4);
    flags.writeUInt32LE(joinFlags(avFlagsOf(targetInfo), AV_FLAG_MIC));
    pairs.set(AvId.flags, flags);
  }
  pairs.set(AvId.channelBindings, serverEndPoint ? channelBindingHash(serverEndPoint) : Buffer.alloc(16));
  pairs.set(AvId.targetName, Buffer.from(targetName, 'utf16le'));
  return pairs;
}
