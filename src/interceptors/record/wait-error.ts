/** A wait for an exchange that came to nothing. The message says what did come, and how near it was. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
  /** The message is meant for whoever waited. */
  readonly expected = true;
  /** `timeout`; or the endpoint was reset, or closed, in between. */
  readonly why: 'timeout' | 'reset' | 'closed';

  constructor(why: WaitError['why'], message: string) {
    super(message);
    this.why = why;
  }
}
