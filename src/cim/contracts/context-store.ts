/** What is gone on with: an enumeration, or a subscription whose events a client comes for. */
export type ContextKind = 'enumeration' | 'subscription';

/** Where one client stands in an operation of several requests. */
export interface ContextRecord {
  readonly kind: ContextKind;
  /** The account that began the operation: nobody else may go on with it. */
  readonly owner: string;
  /** JSON. */
  readonly state: string;
}

/** A record as the store has it. */
export interface KeptContext extends ContextRecord {
  /** Milliseconds that are left of its lifetime, more than 0. */
  readonly remaining: number;
}

/** Bytes that records of a kind and their parts may take, as the store counts them. */
export interface ContextRoom {
  /** Those of one owner together. */
  readonly ofOwner: number;
  /** Those of all owners together. */
  readonly ofAll: number;
}

/** How a record is added. */
export interface ContextTerms {
  /** Milliseconds from now; after them the record is as good as deleted. */
  readonly lifetime: number;
  /** Most records of this kind that the owner may have, this one among them. */
  readonly atMost: number;
  /** Left out, they take as much as they want. */
  readonly room?: ContextRoom | undefined;
  /** Texts that go with the record, are never changed, and live as long as it does: what is too much to be written anew with each state. */
  readonly parts?: readonly string[] | undefined;
}

/**
 * Keeps what lies between two requests of a client, under an identifier that the caller makes and that nobody can guess.
 * Any process that has the same store can serve the next request.
 *
 * Time is the store's own. Lifetimes go in and come out as milliseconds from the moment in which the store carries out
 * the call, never as a time of day: the clocks of several processes differ, a monotonic clock means nothing outside its
 * process, and a wall clock that is set would end records or keep them. A store of one process therefore measures with
 * its monotonic clock, a shared one with the one clock of its server. What clients write and read as xs:dateTime is
 * turned into a duration where the message is read and written.
 */
export interface ContextStore {
  /**
   * Adds a record, unless its owner has `atMost` of its kind already: then nothing is added, and the answer is false.
   * Counting and adding are one step, of all who add at the same time and in all processes.
   *
   * @throws RangeError when a record has the identifier; StoreError `full` when it passes the room, of which nothing is taken then
   */
  add(id: string, record: ContextRecord, terms: ContextTerms): Promise<boolean>;
  /** The record, of whatever kind; undefined when there is none or its time is over. */
  get(id: string): Promise<KeptContext | undefined>;
  /** A part of a record, counted from 0; undefined when there is none. */
  getPart(id: string, index: number): Promise<string | undefined>;
  /**
   * Puts the state `next` in the place of `before`, and keeps everything else. False when the record is gone or has
   * another state by now: of several who go on from the same state to different ones, one succeeds.
   *
   * @param lifetime milliseconds from now; undefined: the record ends when it would have
   * @param room as for {@link ContextStore.add}: a state that is longer than the one before has to fit
   * @throws StoreError `full`: the record stays as it was
   */
  replace(id: string, before: string, next: string, lifetime?: number, room?: ContextRoom): Promise<boolean>;
  /** Deletes a record and its parts, if it still has the state `before`; false when it has not, or is gone. */
  delete(id: string, before: string): Promise<boolean>;
  /**
   * Number of records of a kind, of one owner or of all. One whose time is over may count for a second more, here and
   * for `atMost`. Takes no longer for many records than for few.
   */
  count(kind: ContextKind, owner?: string): Promise<number>;
  /** Deletes all records with their parts, of whatever kind and owner. */
  clear(): Promise<void>;
  /** Lets go of what the store holds. Every other call is refused with an Error from then on; closing again is none. */
  close(): Promise<void>;
}
