/** A file that is no backup, or not a whole one, or one of another format. `expected`: the message says all there is to say. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly expected = true;
}
