/** The rules by which is counted. Times in milliseconds. */
export interface CountLimits {
  /** Wrong passwords of a pair before there is any delay. */
  readonly freeFailures: number;
  /** The delay after the next one; it doubles with each that follows. */
  readonly firstDelayMs: number;
  /** No delay is longer. */
  readonly longestDelayMs: number;
  /** After this long without a wrong password, or when its delay is over if that is later, a pair is forgotten. */
  readonly forgetAfterMs: number;
  /** Wrong passwords of an address before there are too many. */
  readonly addressFailures: number;
  /** How long it takes to make up for one of them. */
  readonly addressRefillMs: number;
}

/** Whom something is counted against: digests, since a name may be a password that was typed in the wrong place. */
export interface CountKeys {
  /** An account at an address. */
  readonly pair: string;
  /** The address, for whatever accounts. */
  readonly address: string;
}

/** What is held against somebody at a moment. */
export interface Standing {
  /** Wrong passwords of the pair; 0 when nothing is held against it. */
  readonly failures: number;
  /** Milliseconds for which no password of the pair is to be checked. */
  readonly delay: number;
  /** Wrong passwords of the address that time has not made up for; a fraction as well. */
  readonly owed: number;
  /**
   * The attempt that begins was counted as a failure ahead, so that of several that begin at the same time each has its turn. False where nothing
   * was held against the pair, or where it has to wait.
   */
  readonly isClaimed: boolean;
}

/**
 * Wrong passwords, counted by several processes together, with an end each. The rules are {@link CountLimits}; time is the
 * store's own, as that of a ContextStore is. Every call is one way there and back, and throws StoreError when the store cannot be reached.
 */
export interface SharedCounts {
  /** Nothing was held against anybody less than a second ago, by anybody: whoever is about to try has nothing to ask. Costs nothing. */
  isQuiet(): boolean;
  /** An attempt begins: tells what is held against it, and writes nothing where nothing is held against the pair. */
  begin(keys: CountKeys, limits: CountLimits): Promise<Standing>;
  /** A password was wrong: counted against the pair, the address, or both. */
  fail(keys: Partial<CountKeys>, limits: CountLimits): Promise<void>;
  /** What was claimed for the pair came to nothing: no password was found wrong. */
  release(pair: string): Promise<void>;
  /** A password was right. */
  forget(pair: string): Promise<void>;
}
