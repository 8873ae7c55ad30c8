import type { Account } from '../accounts/account.js';
import type { ClientCertificate } from '../certificates/client-certificate.js';
import type { MessageSecurity } from '../message-encryption/message-security.js';

/** What schemes go by when they say what they offer. */
export type PeerPlace = Pick<Peer, 'tls' | 'loopback'>;

/** The connection a request came on, as far as authentication cares. It is the same object for every request of the connection. */
export interface Peer {
  readonly tls: boolean;
  /** The address of the other end; empty when it is gone already. */
  readonly address: string;
  /** The address of this end, as the peer called it. */
  readonly localAddress?: string | undefined;
  /** Whether the other end is this machine. */
  readonly loopback: boolean;
  /**
   * The hash of the certificate this end showed (RFC 5929 §4, `tlsServerEndPoint`), for channel bindings; absent without TLS, or where
   * the certificate has none.
   */
  readonly serverEndPoint?: Uint8Array | undefined;
  /** What the other end of a TLS connection has shown, if it was asked and has one. Whether it is any good is said in it. */
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Aborted when the connection closes: what is held for it outside of JavaScript is to be released then. */
  readonly signal?: AbortSignal;
  /**
   * What a scheme with several legs must remember between the requests of one connection (NTLM and Kerberos authenticate
   * connections, not requests). Belongs to the scheme named; another scheme's first leg replaces it.
   */
  conversation?: { readonly scheme: AuthenticationScheme; readonly state: unknown };
  /** The key of the credentials that were found correct on this connection; belongs to the scheme that authenticates requests by them. */
  provenCredentials?: string | undefined;
}

/** One request's try to authenticate. */
export interface AuthenticationAttempt {
  /** The value of the only `Authorization` field, scheme name included. */
  readonly authorization: string;
  readonly peer: Peer;
}

export type AuthenticationResult =
  | AuthenticatedUser
  /** `reason` is the true one, for the log; the peer is told nothing but 401 and what it may try. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The next leg is the peer's: 401 with `WWW-Authenticate: <scheme> <token>`. */
  | { readonly kind: 'continue'; readonly token: string }
  /** Not checked, because too many checks wait: 503. */
  | { readonly kind: 'overloaded'; readonly reason: string };

/** Who sent a request. Of a scheme that authenticates connections: who sends all that follow on it, until the next attempt. */
export interface AuthenticatedUser {
  readonly kind: 'authenticated';
  /** The name of an account. */
  readonly user: string;
  /** The account itself; the authenticator finds it. */
  readonly account?: Account | undefined;
  /** The scheme's last word, to go with the answer: `WWW-Authenticate: <scheme> <token>`. */
  readonly token?: string;
  /**
   * The authentication is one of the connection: later requests come without `Authorization`, and belong to this user. Sealed messages,
   * the rest of this request among them, are opened with `security`, if it was agreed on.
   */
  readonly connection?: AuthenticatedConnection | undefined;
  /** Something for the log. */
  readonly warning?: string | undefined;
}

/** What holds for all requests of a connection that was authenticated. */
export interface AuthenticatedConnection {
  readonly security?: MessageSecurity | undefined;
  /** Why what was proven has ended since, for the log; asked for on each later request. Absent: it lasts as long as the account. */
  readonly problem?: () => string | undefined;
}

/** One way to authenticate, stateless but for what it keeps in {@link Peer.conversation}. */
export interface AuthenticationScheme {
  /** The scheme's token in `Authorization` and `WWW-Authenticate` (RFC 9110 §11.1); compared without case. */
  readonly name: string;
  /** The value of its `WWW-Authenticate` field for this peer; `undefined` where the scheme is not offered. */
  challenge(peer: Peer): string | undefined;
  /** The profile URI that Identify lists for peers at such a place (DSP0226 §11, Annex C), if there is one. */
  securityProfile(place: PeerPlace): string | undefined;
  /** Decides; at once when it can, so that a known credential costs no turn of the event loop. */
  authenticate(attempt: AuthenticationAttempt): AuthenticationResult | Promise<AuthenticationResult>;
}
