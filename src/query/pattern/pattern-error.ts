/** A LIKE pattern is malformed; the message completes "the pattern is wrong:". */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}
