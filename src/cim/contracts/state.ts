import type { ContextStore } from './context-store.js';
import type { InstanceStore } from './instance-store.js';
import type { SharedCounts } from './shared-counts.js';
import type { SharedText } from './shared-text.js';

/** Where the state is kept: in this process, in a folder of this machine, in a database. */
export type StateKind = 'memory' | 'lmdb' | 'postgres';

/** Small texts about a state, by name: which lab and schema it was made from. As durable as its instances. */
export interface StateNotes {
  get(name: string): Promise<string | undefined>;
  /**
   * Writes a note over the one of its name. It waits for no claim of the store (`InstanceTransaction.claim`): whoever has claimed it
   * writes notes before anybody else can commit.
   */
  put(name: string, text: string): Promise<void>;
}

/** What a look at the place itself, below instances, has found. */
export interface StateCheck {
  /** Entries of indices that were compared with the instances. */
  readonly entries: number;
  /** What is wrong, for people. */
  readonly problems: readonly string[];
}

/** Everything that outlives a message: instances, what clients have begun, and notes about both. Several endpoints may have the same. */
export interface State {
  readonly kind: StateKind;
  /** For people: a folder, or a URL without its password; `none` in memory. */
  readonly place: string;
  /** Other processes may have it at the same time. */
  readonly isShared: boolean;
  readonly store: InstanceStore;
  readonly contexts: ContextStore;
  readonly notes: StateNotes;
  /** Wrong passwords, counted by all who have the state; absent where each process counts by itself. */
  readonly sharedCounts?: SharedCounts;
  /** The accounts of all who have the state; absent where they lie in the data directory. */
  readonly accounts?: SharedText;
  /** Why it cannot be written, or reached, at present; undefined when all is well. */
  problem(): string | undefined;
  /** Compares all instances with all indices, while others go on; absent where a database keeps them itself. */
  check?(): Promise<StateCheck>;
  /** Closes store and contexts as well. Closing again is no error. */
  close(): Promise<void>;
}
