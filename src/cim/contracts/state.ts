import type { CimInstance } from '../model/cim-instance.js';
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

/** What a check of all instances and of everything that finds them came to. */
export interface StateCheck {
  readonly instances: number;
  /** Entries of indices that were compared. */
  readonly entries: number;
  /** What is wrong, for people; the first 20. */
  readonly problems: readonly string[];
  /** What is wrong is in the indices alone, which can be made anew. */
  readonly isMendable: boolean;
}

/** What the commands of a state that is kept need besides. */
export interface StateUpkeep {
  /** Number of all instances, known without a look at them. */
  count(): Promise<number>;
  /** The format that the state had before it was opened and migrated; absent when it was of this version's. */
  readonly formerFormat?: number;
  /** The format that it has. */
  readonly format: number;
  /** Compares all instances with all indices, while others go on; absent where a database keeps them. */
  check?(): Promise<StateCheck>;
  /** Makes all indices anew. @returns the number of instances */
  mend?(): Promise<number>;
  /**
   * Puts other instances in the place of all, never more than a batch of them in memory: all of them, or none when it is interrupted.
   * Nobody else has the state; it can only be closed afterwards. Absent where a transaction does as well.
   *
   * @param notes that it has from then on, besides those of other names
   */
  replaceAll?(batches: AsyncIterable<readonly CimInstance[]>, notes: ReadonlyMap<string, string>): Promise<void>;
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
  /** Absent in memory. */
  readonly upkeep?: StateUpkeep;
  /** Why it cannot be written, or reached, at present; undefined when all is well. */
  problem(): string | undefined;
  /** Closes store and contexts as well. Closing again is no error. */
  close(): Promise<void>;
}
