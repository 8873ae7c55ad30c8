/** A call of the system's GSSAPI that failed. The message is for the log: it is what GSSAPI says, the true reason. */
export class GssError extends Error {
  override readonly name = 'GssError';
  /** The major status (RFC 2744 §3.9.1), a routine error or supplementary bits. */
  readonly major: number;

  constructor(major: number, message: string) {
    super(message);
    this.major = major;
  }
}

/** Major statuses that are looked at (RFC 2744 §3.9.1). */
export const GssStatus = {
  complete: 0,
  continueNeeded: 1,
  badBindings: 4 << 16,
  noCredential: 7 << 16,
  failure: 13 << 16,
} as const;
