import type { MessageSecurity } from '../../auth/message-encryption/message-security.js';

/**
 * The client's side of an authentication that belongs to one connection: Negotiate, Kerberos. Its tokens go to and fro
 * with empty messages until the server accepts; each object serves once.
 *
 * Any method may throw `MalformedTokenError`, with what is wrong with the server's token, or with the library below.
 */
export interface ClientAuthentication {
  /** In `Authorization` and `WWW-Authenticate`. */
  readonly scheme: 'Negotiate' | 'Kerberos';
  /** The first token. */
  start(): Buffer | Promise<Buffer>;
  /** Answers a token that came with a 401; undefined when there is nothing left to say, so that the 401 is a refusal. */
  step(token: Buffer): Buffer | undefined | Promise<Buffer | undefined>;
  /**
   * The server accepted; `token` is its last word, by which it proves itself.
   *
   * @returns what seals the messages of the connection; undefined where that was not agreed on
   */
  finish(token: Buffer | undefined): MessageSecurity | undefined | Promise<MessageSecurity | undefined>;
}

/** What an authentication may have to know about the connection that it is for. */
export interface AuthenticationTarget {
  /** The server's name in its service principal: the host of the URL, with the port where that belongs to it. */
  readonly host: string;
  /** On HTTPS, the hash of the certificate that the server showed (RFC 5929 §4), for the channel binding. */
  readonly serverEndPoint: Buffer | undefined;
}

/** Begins an authentication on a new connection. */
export type StartAuthentication = (target: AuthenticationTarget) => ClientAuthentication;
