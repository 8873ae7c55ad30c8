import type { MessageSecurity } from '../message-encryption/message-security.js';
import type { Peer } from './authentication-scheme.js';

/** A way to prove who one is that SPNEGO can choose: NTLM, Kerberos. */
export interface SecurityMechanism {
  /** Its object identifiers, dotted; more than one where peers use a wrong one too (MS-SPNG 3.2.5). */
  readonly oids: readonly string[];
  /** Begins a conversation with the peer of one connection. */
  start(peer: Peer): MechanismConversation;
}

/** One authentication in the making; every token goes in once, in order. */
export interface MechanismConversation {
  /** Takes the peer's next token. Does not throw for anything a peer can send. */
  step(token: Buffer): MechanismStep | Promise<MechanismStep>;
}

export type MechanismStep =
  | { readonly kind: 'continue'; readonly token: Buffer }
  /** `reason` is the true one, for the log. */
  | { readonly kind: 'refused'; readonly reason: string }
  | AuthenticatedStep;

export interface AuthenticatedStep {
  readonly kind: 'authenticated';
  readonly user: string;
  /** The mechanism's last word to the peer, if it has one. */
  readonly token?: Buffer;
  /** Signs and checks the list of mechanisms (RFC 4178 §5); `undefined` where no signing was agreed on. */
  readonly integrity?: MechListIntegrity | undefined;
  /** `undefined` where no sealing was agreed on. */
  readonly security?: MessageSecurity | undefined;
  /** Something the operator should know about a peer that was let in all the same. */
  readonly warning?: string | undefined;
}

/** The two signatures that protect the choice of a mechanism; each is made once, before any message. */
export interface MechListIntegrity {
  sign(mechList: Buffer): Buffer | Promise<Buffer>;
  verify(mechList: Buffer, signature: Buffer): boolean | Promise<boolean>;
}
