/** A text with the number of times it was put. */
export interface VersionedText {
  /** 0 before it was first put. */
  readonly version: number;
  readonly text: string | undefined;
}

/**
 * One text that processes of several machines have together, in their database: the accounts. It lies beside the model and is no part of it:
 * what reads, saves or resets the model does not see it.
 */
export interface SharedText {
  /** For people: where it is, without a password. */
  readonly place: string;
  /** @throws StoreError when it cannot be reached, its message for the operator */
  read(): Promise<VersionedText>;
  /**
   * Puts a text in the place of the one that has this version.
   *
   * @returns false when it has another one by now; nothing was written then
   * @throws StoreError, as {@link read}; a text that was put all the same is found by reading
   */
  replace(version: number, text: string): Promise<boolean>;
  /**
   * Told when it has another version than before, whoever put it: half a second later at most while it can be reached, and at the first look
   * after it could not.
   *
   * @returns what ends it
   */
  onChange(listener: () => void): () => void;
}
