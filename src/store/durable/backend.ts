import type { TransactionOrigin } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { ComparisonKey } from '../../cim/model/comparison-key.js';
import type { InstancePath } from '../../cim/model/instance-path.js';

/**
 * Something that is read of the committed instances, as plain data: it can be sent to a database, stand for its answer in a cache, and be
 * compared with what others change. Namespaces, classes and properties are folded names, paths are canonical ones.
 */
export type Read =
  | { readonly kind: 'get'; readonly path: string }
  /** Of any class. */
  | { readonly kind: 'keys'; readonly namespace: string; readonly keys: string }
  | { readonly kind: 'count'; readonly namespace: string; readonly className: string }
  /** At most `limit` instances of the class with `after` < sequence <= `last`, by sequence; 0 asks whether there are any. */
  | {
      readonly kind: 'page';
      readonly namespace: string;
      readonly className: string;
      readonly after: number;
      readonly last: number;
      readonly limit: number;
    }
  /** By sequence. `classNames` and `role` as in the contract's filter: any when absent. */
  | {
      readonly kind: 'referencing';
      readonly target: string;
      readonly classNames?: readonly string[] | undefined;
      readonly role?: string | undefined;
    }
  /** By sequence. The key of a value, never of a reference: what refers to something is asked for by `referencing`. */
  | {
      readonly kind: 'equal';
      readonly namespace: string;
      readonly className: string;
      readonly property: string;
      readonly key: ComparisonKey;
    }
  /** Whether there are no more than `but`, 0 when left out: so many are known to go. */
  | { readonly kind: 'isEmpty'; readonly but?: number };

/** An instance as it lies in the backend. */
export interface Row {
  /** Its number in the order of creation, from 1; never given twice, also not after everything was cleared. */
  readonly sequence: number;
  /** Of the commit that wrote it last. */
  readonly version: number;
  /** What `writeDocument` made of it. */
  readonly document: string;
}

/**
 * What a {@link Read} gives: rows of `get` (one or none), `keys`, `page`, `referencing` and `equal`; a number of `count`; a boolean of
 * `isEmpty`.
 */
export type Answer =
  | {
      readonly kind: 'rows';
      readonly rows: readonly Row[];
      /** Of a page: more follow. */
      readonly more?: boolean;
      /** Of `referencing`, from a backend that is far away: some of what these rows refer to besides, which is often asked for next. */
      readonly ends?: readonly Row[];
    }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'isEmpty'; readonly isEmpty: boolean }
  /** Of `equal`: some value of the property has no key. */
  | { readonly kind: 'unkeyed' }
  /** Of `equal`: there is no index of the property yet; {@link Backend.index} makes one. */
  | { readonly kind: 'unindexed' };

/** One point in time. */
export interface Present {
  /** Of the last commit; 0 before the first. */
  readonly version: number;
  /** The greatest sequence that was given. */
  readonly sequence: number;
  /**
   * What was created up to this sequence has all been cleared away; 0 when nothing was ever cleared. To clear takes a sequence for itself,
   * the one after it, so that no mark of before is one of later.
   */
  readonly cleared: number;
}

export interface Answers {
  /** All answers are of this moment. */
  readonly present: Present;
  /** In the order of what was asked. */
  readonly answers: readonly Answer[];
}

/** One instance that a commit created, changed or removed. */
export interface StoredChange {
  readonly path: InstancePath;
  /** Of `after`; of `before` when it was removed. */
  readonly sequence: number;
  /** Of `before`, when it was removed and put anew: another than `sequence`. */
  readonly formerSequence?: number | undefined;
  readonly before: CimInstance | undefined;
  readonly after: CimInstance | undefined;
}

export interface StoredCommit {
  readonly version: number;
  /** Made by whoever commits, unique among all: tells one that is asked for again from one of another. */
  readonly id: string;
  readonly origin: Pick<TransactionOrigin, 'id' | 'user'> | undefined;
  /** Everything that was there before is gone; `changes` are what was put since, all of them created. Then none is kept in the log. */
  readonly isCleared: boolean;
  /** Each instance once. */
  readonly changes: readonly StoredChange[];
  readonly present: Present;
}

export type CommitsAfter =
  | { readonly kind: 'commits'; readonly commits: readonly StoredCommit[]; readonly present: Present }
  /**
   * What came after is not kept any more, or was cleared: everything is read anew. `wasPutBack`: the version that was asked after is that
   * of another commit now, so that numbers do not mean what they meant.
   */
  | { readonly kind: 'forgotten'; readonly present: Present; readonly wasPutBack?: boolean };

export type Appended =
  | { readonly kind: 'done' }
  /** Others have committed after `expected`: nothing was written. `since`: what, when that was told with it. */
  | { readonly kind: 'moved'; readonly since?: CommitsAfter };

/**
 * Where instances lie, for {@link createDurableStore}: it reads, and it appends commits. It knows of no transactions, and has no cache: the
 * store has both. All errors that a client may be told of are StoreErrors; a backend that has lost its connection throws
 * `unavailable` when it could not get it back within its own bounds, and nothing of what failed has then been written, or
 * asking again with the same commits finds it written (`id`).
 */
export interface Backend {
  /** Nobody else commits while it is open: what is known is true, and nobody needs to ask. */
  readonly isExclusive: boolean;
  /**
   * Whether a version is that of the last commit, of one that is shared and can tell at once; false also when it cannot be told now. Absent:
   * `commitsAfter` tells.
   */
  isPresent?(version: number): boolean;
  /** Answers to all of it, of one moment, in one way there and back. */
  read(reads: readonly Read[]): Promise<Answers>;
  /**
   * Commits after a version, at most `limit`, oldest first: also the question whether there are any. Of a backend that is shared it is one
   * way there and back, and those who ask in the same turn of the event loop share it.
   */
  commitsAfter(version: number, limit: number): Promise<CommitsAfter>;
  /** Number of the last commit that wrote the instance at a canonical path. */
  versionOf(path: string): Promise<number | undefined>;
  /**
   * Writes commits that follow one another from `expected` on, all or none. Once it resolves they survive the process and, as far as
   * the machine keeps its promises, the power.
   *
   * @param next called at most once, if ever, when they are written and wait for the disk: what is appended within it, on top of them, shares
   * a wait. Reads may show them from then on. Of an exclusive backend; what follows on commits that fail is `moved`, or fails as well
   * @throws StoreError full: no room; failed: its disk takes no writes (it became read-only); unavailable: a database that is gone
   */
  append(expected: number, commits: readonly StoredCommit[], next?: () => void): Promise<Appended>;
  /**
   * After an append that has failed: resolves when what can be seen of it is there as surely as if it had not. Absent: what is seen always is.
   *
   * @throws StoreError unavailable, failed, full
   */
  certain?(): Promise<void>;
  /** Makes an index of a property of a class, if there is none; later commits keep it right. */
  index(namespace: string, className: string, property: string): Promise<void>;
  /** Every row in the order of creation, in batches, of one moment. */
  all(): AsyncIterable<readonly Row[]>;
  /**
   * From when it resolves until `release` nobody else appends: they wait, in other processes too. Whoever dies with a claim loses it.
   * Of an exclusive backend it resolves at once.
   */
  claim(): Promise<{ release(): Promise<void> }>;
  /** Told whenever others have committed, if there is a way to hear of it: `commitsAfter` tells what. Returns what ends it. */
  onCommit?(listener: () => void): () => void;
  close(): Promise<void>;
}
