/** A token of an authentication protocol that is not what it should be. The message is for the log; it never quotes the token. */
export class MalformedTokenError extends Error {
  override readonly name = 'MalformedTokenError';
}
