/**
 * The protection of messages that an authentication brought with it, for one connection and from then on: every message in both
 * directions counts, in order.
 */
export interface MessageSecurity {
  /** The `protocol` parameter of `multipart/encrypted` (MS-WSMV 2.2.9.1). */
  readonly protocol: string;
  /** The peer may seal, but never said that it will: what it sends in clear is treated as that of a peer that cannot. Default: false. */
  readonly optional?: boolean;
  /**
   * Opens what the peer sealed.
   *
   * @param token the signature, or whatever else the mechanism puts in front
   * @param sealed may be opened in its place: it is the message afterwards, or nothing of use
   * @throws MessageSecurityError when the message was changed, replayed, left out or reordered; nothing can be opened after that,
   *   and the connection is to be closed
   */
  unwrap(token: Uint8Array, sealed: Uint8Array): Uint8Array | Promise<Uint8Array>;
  /** Seals a message for the peer; the argument stays as it is. Messages must be sent in the order in which they were sealed. */
  wrap(message: Uint8Array): SealedMessage | Promise<SealedMessage>;
  /** The same for large messages, in steps between which others may go on; absent where that is no work of this thread. */
  readonly inSteps?: {
    unwrap(token: Uint8Array, sealed: Uint8Array): Generator<void, Uint8Array, void>;
    wrap(message: Uint8Array): Generator<void, SealedMessage, void>;
  };
}

/** A message as it goes over the wire, in its two parts. */
export interface SealedMessage {
  readonly token: Uint8Array;
  readonly sealed: Uint8Array;
}

/** A message that does not come from the peer as it is. The message is for the log. */
export class MessageSecurityError extends Error {
  override readonly name = 'MessageSecurityError';
}
