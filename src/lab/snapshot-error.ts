/** A snapshot that cannot be restored. `expected`: the message is for whoever restores it and says all there is to say. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly expected = true;
}
