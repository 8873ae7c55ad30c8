/** A body that is not framed as sealed messages are. The message is for the log. */
export class EncryptedMessageError extends Error {
  override readonly name = 'EncryptedMessageError';
}
