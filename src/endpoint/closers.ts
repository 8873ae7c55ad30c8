/** Ends what was opened. */
export type Closer = () => void | Promise<void>;

/** Everything that has been opened, in the order of its opening, and how each of it is closed. */
export interface Closers {
  /** To be called as soon as something is open, before anything else can fail. */
  add(closer: Closer): void;
  /**
   * Closes everything once, the last opened first; one that fails keeps no other from running. Whoever calls it again, or
   * meanwhile, waits for the same end.
   *
   * @throws what the closer threw that failed; AggregateError when several did
   */
  close(): Promise<void>;
}

export function createClosers(): Closers {
  const closers: Closer[] = [];
  let closed: Promise<void> | undefined;
  return {
    add: (closer) => void closers.push(closer),
    close() {
      closed ??= closeAll(closers);
      return closed;
    },
  };
}

async function closeAll(closers: readonly Closer[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers.toReversed()) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'several parts of the endpoint could not be closed');
}
