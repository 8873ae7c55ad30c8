import type { UserStore } from '../accounts/user-store.js';
import { DerTag } from '../der/der-reader.js';
import { KERBEROS_OID, mechanismOfToken } from '../kerberos/initial-token.js';
import { MessageType, messageTypeOf } from '../ntlm/message-fields.js';
import { createNtlmMechanism, type NtlmOptions } from '../ntlm/ntlm-mechanism.js';
import { startSpnego } from '../spnego/start-spnego.js';
import type { AuthenticationResult, AuthenticationScheme, Peer } from './authentication-scheme.js';
import { parseNegotiateToken } from './negotiate-token.js';
import type { MechanismConversation, SecurityMechanism } from './security-mechanism.js';

/** DSP0226 Annex C.3.8, C.3.10. */
const PROFILES = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile';

/** How NTLM is answered, and what else there is. */
export interface NegotiateOptions extends Omit<NtlmOptions, 'ntHashOf'> {
  /** NTLM, for which `users` must keep NT hashes. Default: true. */
  readonly ntlm?: boolean;
  /** Kerberos, where it is there; without it, peers that offer it are answered with NTLM. */
  readonly kerberos?: SecurityMechanism | undefined;
}

/**
 * `Negotiate` (RFC 4559): SPNEGO, and raw NTLM or Kerberos in its place, as clients send them. It authenticates a connection, in one to
 * three requests; what it must remember in between is in the peer's conversation and nowhere else, so that no connection can end what
 * another one began.
 */
export function createNegotiateScheme(users: UserStore, options: NegotiateOptions): AuthenticationScheme {
  const { kerberos, ntlm: withNtlm = true } = options;
  const ntlm = withNtlm ? createNtlmMechanism({ ...options, ntHashOf: (name) => users.ntHashOf(name) }) : undefined;
  const mechanisms = [kerberos, ntlm].filter((mechanism) => mechanism !== undefined);
  return createScheme({ name: 'Negotiate', isOffered: true }, (token, peer) => {
    if (messageTypeOf(token) === MessageType.negotiate) return ntlm?.start(peer) ?? 'NTLM is not enabled';
    if (token[0] !== DerTag.application0) return undefined;
    if (mechanismOfToken(token) === KERBEROS_OID) return kerberos?.start(peer) ?? 'Kerberos is not enabled';
    return startSpnego(mechanisms, peer);
  });
}

/**
 * `NTLM`, the scheme's older name, which carries raw messages only. Windows' service does not offer it, and neither does this: it
 * answers clients that begin with it unasked (`curl --ntlm`).
 *
 * @param users must keep NT hashes
 */
export function createNtlmScheme(users: UserStore, options: NegotiateOptions): AuthenticationScheme {
  const ntlm = createNtlmMechanism({ ...options, ntHashOf: (name) => users.ntHashOf(name) });
  return createScheme({ name: 'NTLM', isOffered: false }, (token, peer) =>
    messageTypeOf(token) === MessageType.negotiate ? ntlm.start(peer) : undefined,
  );
}

/** `Kerberos`: its tokens without SPNEGO around them, as Windows' client sends them when it is told to use Kerberos. */
export function createKerberosScheme(kerberos: SecurityMechanism): AuthenticationScheme {
  return createScheme({ name: 'Kerberos', isOffered: true }, (token, peer) =>
    token[0] === DerTag.application0 ? kerberos.start(peer) : undefined,
  );
}

/** @param begin a new conversation if the token is one that begins one; a text says why there can be none */
function createScheme(
  { name, isOffered }: { readonly name: string; readonly isOffered: boolean },
  begin: (token: Buffer, peer: Peer) => MechanismConversation | string | undefined,
): AuthenticationScheme {
  const scheme: AuthenticationScheme = {
    name,
    challenge: () => (isOffered ? name : undefined),
    // MS-WSMV 3.1.4.1.29.2: this profile if and only if Negotiate or Kerberos is enabled, NTLM or not.
    securityProfile: ({ tls }) => (isOffered ? `${PROFILES}/${tls ? 'https' : 'http'}/spnego-kerberos` : undefined),

    async authenticate({ authorization, peer }) {
      // Taken away before anything else: whatever comes of this attempt, a challenge is answered once.
      const open = peer.conversation;
      delete peer.conversation;
      const token = parseNegotiateToken(authorization);
      if (typeof token === 'string') return refused(token);
      const conversation = begin(token, peer) ?? conversationOf(open);
      if (typeof conversation === 'string') return refused(conversation);
      if (conversation === undefined) return refused('a token that answers nothing on this connection');

      const step = await conversation.step(token);
      if (step.kind === 'refused') return refused(step.reason);
      if (step.kind === 'continue') {
        peer.conversation = { scheme, state: conversation };
        return { kind: 'continue', token: step.token.toString('base64') };
      }
      const { user, token: last, security, warning } = step;
      const result = { kind: 'authenticated', user, connection: { security }, warning } as const;
      return last === undefined ? result : { ...result, token: last.toString('base64') };
    },
  };

  /** Only this scheme writes its name there, and writes nothing but conversations. */
  function conversationOf(open: Peer['conversation']): MechanismConversation | undefined {
    return open?.scheme === scheme ? (open.state as MechanismConversation) : undefined;
  }

  function refused(reason: string): AuthenticationResult {
    return { kind: 'refused', reason: `${name}: ${reason}` };
  }

  return scheme;
}
