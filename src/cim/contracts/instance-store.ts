import type { CimInstance } from '../model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../model/instance-path.js';
import type { Cancellation } from './cancellation.js';
import type { StoreError } from './store-error.js';

/** Narrows {@link InstanceReader.referencing} to some association classes and one role. */
export interface ReferencingFilter {
  /** Exact classes of the referencing instances; any when absent. */
  readonly classNames?: readonly string[] | undefined;
  /** The reference property that must hold the path; any when absent. */
  readonly role?: string | undefined;
}

/** Which instances {@link InstanceReader.page} gives. */
export interface PageOptions {
  /** A {@link InstanceReader.mark}: instances created after it are left out. */
  readonly asOf: string;
  /** The position after which the page begins, from the page before; undefined for the first page. */
  readonly after?: string | undefined;
  /** Most instances in the page, at least 1. */
  readonly limit: number;
}

export interface InstancePage {
  /** Class by class, those of one class in the order of their creation. May be empty when it is the last page. */
  readonly instances: readonly CimInstance[];
  /** Where the next page of the same classes begins; undefined when there is none. */
  readonly next: string | undefined;
}

/**
 * Reads stored instances. Every instance handed out has its `path` set. The same object is handed out for an instance,
 * with the same object for its path, as long as nobody writes it: whatever is made of one may be remembered with it
 * (`remembered.ts`). The store knows no inheritance: classes are exact. No method may take time that grows with the number
 * of stored instances, but `scan` and the first `findEqual` of a property.
 *
 * Marks and positions are texts without meaning to others, with which any process that has the same store can go on.
 * Those that a transaction gives away hold within it.
 */
export interface InstanceReader {
  /** The instance at a path, by exact class and keys; undefined when there is none. */
  get(path: InstancePath): Promise<CimInstance | undefined>;
  /** The instances at some paths, in their order. */
  getMany(paths: readonly InstancePath[]): Promise<readonly (CimInstance | undefined)[]>;
  /** Instances of any class whose keys are equal ({@link InstancePath.canonicalKeys}), in one namespace. */
  findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]>;
  /** Numbers of instances of exactly these classes, in their order. */
  count(namespace: string, classNames: readonly string[]): Promise<readonly number[]>;
  /**
   * Instances of exactly this class, in the order of their creation, as they were when the scan began: when it is asked for, or, over a
   * database, at some time between that and its first instance.
   */
  scan(namespace: string, className: string): AsyncIterable<CimInstance>;
  /** Instances that hold a reference to the path. */
  referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]>;
  /** Whether it holds no instance at all. */
  isEmpty(): Promise<boolean>;
  /**
   * This point in time: what is created after it does not show in pages asked for as of it.
   *
   * @param namespace of the pages; told to those that load a namespace when it is first used
   */
  mark(namespace?: string): Promise<string>;
  /**
   * Instances of exactly these classes, class by class and in the order of their creation. A walk over all pages of the
   * same classes as of one mark shows every instance that was there at the mark and still is, once; those changed
   * meanwhile as they are now. The cost is that of the page, and of finding out that the classes passed by are empty.
   *
   * @throws RangeError when `asOf` or `after` did not come from a store, or `limit` is less than 1
   * @throws StoreError conflict when everything was cleared away after `asOf`: the walk would end as if it had shown all
   */
  page(namespace: string, classNames: readonly string[], options: PageOptions): Promise<InstancePage>;
  /**
   * Instances of exactly these classes whose property equals a value, from an index: as keys compare, strings without
   * case, numbers by amount. A reference without namespace means one into `namespace`.
   * Undefined when the property cannot be looked up: some instance holds an array, an embedded object, a datetime or a
   * real number in it.
   */
  findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined>;
  /**
   * Of a store as one of several computers sees it: what another of them sees, itself among them, by any of its names; undefined for a name
   * that none has. For what crosses computers, an initiator that logs on to a target, and never for what clients say.
   */
  onHost?(name: string): InstanceReader | undefined;
}

/**
 * Reads that see the transaction's own writes, and writes that nobody else sees before the commit. Calls take effect in
 * the order in which they are made, whether or not one is waited for before the next: what does not depend on another's
 * answer is asked for together, since each wait may be a way to a database and back.
 *
 * All reads together are of one point in time, at every moment of the work: a provider never computes with a state that
 * never was. When others have committed since, and what was read before is no longer so, the read at hand throws
 * {@link StoreError} `conflict`; the attempt is void then, whatever the work makes of the error, and runs again.
 * Of what was asked for together the work waits for the first only then: the others are no unhandled rejections.
 */
export interface InstanceTransaction extends InstanceReader {
  /** Adds the instance or takes the place of the one at its path. @throws TypeError when `path` is not set */
  put(instance: CimInstance): Promise<void>;
  /** The same for several, in their order. */
  putMany(instances: readonly CimInstance[]): Promise<void>;
  /** Removes the instance at a path; false when there was none. */
  delete(path: InstancePath): Promise<boolean>;
  /** The same for several, whether or not they are there. */
  deleteMany(paths: readonly InstancePath[]): Promise<void>;
  /**
   * Removes every instance, at a cost that does not depend on their number. What is put after it is created anew, in that order, as in
   * a store that never had any.
   */
  clear(): Promise<void>;
  /** Drops everything written so far; the transaction goes on and ends without a change. */
  discard(): void;
  /**
   * Waits until nobody else commits; from then on nobody does until this transaction ends, and the work will not run
   * again. For work with effects outside the store: it claims first, and keeps all other writers waiting. It must not
   * wait for another transaction of the same store.
   *
   * @throws StoreError conflict when what was read is no longer so
   */
  claim(): Promise<void>;
}

/** On whose behalf a transaction commits. */
export interface TransactionOrigin {
  /** Of the call, as the log has it. */
  readonly id: string;
  /** The caller's account name; undefined for calls from the same process. */
  readonly user: string | undefined;
  /** Cancelled when nobody waits for the result any more; then nothing is committed. */
  readonly cancellation?: Cancellation | undefined;
}

/** One instance that a commit created, changed or removed. */
export interface InstanceChange {
  readonly path: InstancePath;
  /** Undefined: it was created. */
  readonly before: CimInstance | undefined;
  /** Undefined: it was removed. */
  readonly after: CimInstance | undefined;
}

export interface Commit {
  /** Where {@link InstanceStore.changes} goes on after it. */
  readonly version: string;
  /** Who committed; undefined when the transaction was not told. */
  readonly origin: Pick<TransactionOrigin, 'id' | 'user'> | undefined;
  /** Each instance once, however often the transaction wrote it, those removed last. */
  readonly changes: readonly InstanceChange[];
}

/** What happened after a version; `forgotten` when the store no longer knows: whoever asks reads everything anew then. */
export type Changes =
  | { readonly kind: 'commits'; readonly commits: readonly Commit[] }
  | { readonly kind: 'forgotten' };

/** Where instances live. Reads outside a transaction see the last commit. */
export interface InstanceStore extends InstanceReader {
  /** Every instance of the last commit, in the order of their creation. Takes time with each of them: for copies of a whole store. */
  all(): Promise<readonly CimInstance[]>;
  /**
   * The same in batches, all of one commit, however long the walk takes: for copies of a store that is larger than the memory of whoever
   * copies it. A batch is never empty.
   */
  batches(): AsyncIterable<readonly CimInstance[]>;
  /** The last commit: what {@link changes} is asked for after it has not happened yet. */
  version(): Promise<string>;
  /** The commit that wrote the instance at a path last; undefined when there is none. */
  versionOf(path: InstancePath): Promise<string | undefined>;
  /**
   * The commits after a version, at most `limit` of them, oldest first. A store keeps a bounded number of them, and none from
   * before one that cleared it.
   *
   * @throws RangeError when `after` did not come from a store, or `limit` is less than 1
   */
  changes(after: string, limit: number): Promise<Changes>;
  /**
   * Runs `work`. Its writes become visible together when it resolves, and not at all when it rejects or discards them.
   * What comes of it is as if it had run alone: before the commit, all that it read and wrote over is checked to be as
   * it was. When it is not, nothing is committed and `work` runs again, on the new state, up to three times in all.
   * A transaction that writes nothing is as if it had run at the point in time of its last read, and never checked.
   *
   * `work` holds nobody up, however long it takes, unless it claims the store ({@link InstanceTransaction.claim}).
   *
   * @param work is told which attempt it is, from 1. What it does besides reading and writing here, it may do again
   * @throws what `work` throws; StoreError conflict when every attempt was in vain, unavailable, failed, full
   */
  transaction<T>(
    work: (transaction: InstanceTransaction, attempt: number) => Promise<T>,
    origin?: TransactionOrigin,
  ): Promise<T>;
  /**
   * Of a store that others have, too: tells when one of them has cleared everything, as a reset does, once for each time that this process
   * finds it so. Whoever asks for `version` has been told of what came before. Returns what ends it.
   */
  onCleared?(listener: () => void): () => void;
  close(): Promise<void>;
}
