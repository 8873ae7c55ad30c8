import { timingSafeEqual } from 'node:crypto';
import type { MessageSecurity } from '../message-encryption/message-security.js';
import type { MechListIntegrity } from '../schemes/security-mechanism.js';
import { createMessageChannel } from './message-channel.js';
import { hasFlag, NegotiateFlag } from './negotiate-flags.js';
import { type Sender, sessionKeys } from './session-keys.js';

/** The media type of messages that SPNEGO's mechanisms sealed (MS-WSMV 2.2.9.1.1), raw NTLM among them. */
export const SPNEGO_ENCRYPTED = 'application/HTTP-SPNEGO-session-encrypted';

/** NTLM's signatures are made at once. */
interface NtlmIntegrity extends MechListIntegrity {
  sign(mechList: Buffer): Buffer;
  verify(mechList: Buffer, signature: Buffer): boolean;
}

/** What the two sides can do with the key they agreed on. */
export interface SessionSecurity {
  readonly integrity?: NtlmIntegrity;
  readonly security?: MessageSecurity;
}

/**
 * Session security of one end (MS-NLMP 3.4), as far as the flags agreed to it.
 *
 * @param exportedSessionKey 16 bytes
 * @param us which end this is
 */
export function createSessionSecurity(exportedSessionKey: Uint8Array, flags: number, us: Sender): SessionSecurity {
  if (!hasFlag(flags, NegotiateFlag.sign | NegotiateFlag.seal)) return {};
  const keyExchange = hasFlag(flags, NegotiateFlag.keyExchange);
  const channel = (sender: Sender) => createMessageChannel(sessionKeys(exportedSessionKey, sender), keyExchange);
  const outgoing = channel(us);
  const incoming = channel(us === 'server' ? 'client' : 'server');

  const integrity: NtlmIntegrity = {
    sign: (mechList) => outgoing.signMechList(mechList),
    verify(mechList, signature) {
      const expected = incoming.signMechList(mechList);
      return signature.length === expected.length && timingSafeEqual(signature, expected);
    },
  };
  if (!hasFlag(flags, NegotiateFlag.seal)) return { integrity };
  const security: MessageSecurity = {
    protocol: SPNEGO_ENCRYPTED,
    wrap: (message) => outgoing.seal(message),
    unwrap: (signature, sealed) => incoming.unseal(signature, sealed),
    inSteps: {
      wrap: (message) => outgoing.sealInSteps(message),
      unwrap: (signature, sealed) => incoming.unsealInSteps(signature, sealed),
    },
  };
  return { integrity, security };
}
