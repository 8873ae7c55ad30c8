/** The parent does not keep to the protocol: the bridge says why, and ends. */
export class FatalError extends Error {
  override readonly name = 'FatalError';
}
