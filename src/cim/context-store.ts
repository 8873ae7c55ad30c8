/** Where one client stands in an operation of several requests. */
export interface ContextRecord {
  /** The account that began the operation: nobody else may go on with it. */
  readonly owner: string;
  /** JSON. */
  readonly state: string;
  /** Milliseconds since the epoch; from then on the record is as good as deleted. */
  readonly expires: number;
}

/**
 * Keeps what lies between two requests of a client, under an identifier that the caller makes and that nobody can guess.
 * Any process that has the same store can serve the next request.
 */
export interface ContextStore {
  /**
   * Adds a record. Its parts are texts that go with it, are never changed, and live as long as it does: what is too much
   * to be written anew with each state.
   */
  add(id: string, record: ContextRecord, parts?: readonly string[]): Promise<void>;
  /** The record; undefined when there is none or it has expired. */
  get(id: string): Promise<ContextRecord | undefined>;
  /** A part of a record, counted from 0; undefined when there is none. */
  getPart(id: string, index: number): Promise<string | undefined>;
  /**
   * Puts `next` in the place of `before`, and keeps the parts. False when the record is gone or has another state by now:
   * of several who go on from the same state, one succeeds.
   */
  replace(id: string, before: ContextRecord, next: ContextRecord): Promise<boolean>;
  /** Deletes a record and its parts, if it still has the state of `before`; false when it has not, or is gone. */
  delete(id: string, before: ContextRecord): Promise<boolean>;
  /**
   * Number of records of an owner, or of all. One that has expired may count for a second more. Takes no longer for many
   * records than for few.
   */
  count(owner?: string): Promise<number>;
}
