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
  /** Adds a record or takes the place of the one with this id. */
  put(id: string, record: ContextRecord): Promise<void>;
  /** The record; undefined when there is none or it has expired. */
  get(id: string): Promise<ContextRecord | undefined>;
  /** False when there was none, or it had expired. */
  delete(id: string): Promise<boolean>;
  /**
   * Number of records of an owner, or of all. One that has expired may count for a second more. Takes no longer for many
   * records than for few.
   */
  count(owner?: string): Promise<number>;
}
