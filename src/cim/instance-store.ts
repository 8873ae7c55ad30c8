import type { CimInstance } from './cim-instance.js';
import type { InstancePath } from './instance-path.js';

/** Narrows {@link InstanceReader.referencing} to some association classes and one role. */
export interface ReferencingFilter {
  /** Exact classes of the referencing instances; any when absent. */
  readonly classNames?: readonly string[] | undefined;
  /** The reference property that must hold the path; any when absent. */
  readonly role?: string | undefined;
}

/**
 * Reads stored instances. Every instance handed out has its `path` set. The store knows no inheritance: classes are
 * exact. No method but `scan` may take time that grows with the number of stored instances.
 */
export interface InstanceReader {
  /** The instance at a path, by exact class and keys; undefined when there is none. */
  get(path: InstancePath): Promise<CimInstance | undefined>;
  /** Instances of any class whose keys are equal ({@link InstancePath.canonicalKeys}), in one namespace. */
  findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]>;
  /** Number of instances of exactly this class. */
  count(namespace: string, className: string): Promise<number>;
  /** Instances of exactly this class, in the order of their creation, as they were when the scan began. */
  scan(namespace: string, className: string): AsyncIterable<CimInstance>;
  /** Instances that hold a reference to the path. */
  referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]>;
}

/** Reads that see the transaction's own writes, and writes that nobody else sees before the commit. */
export interface InstanceTransaction extends InstanceReader {
  /** Adds the instance or takes the place of the one at its path. @throws TypeError when `path` is not set */
  put(instance: CimInstance): Promise<void>;
  /** Removes the instance at a path; false when there was none. */
  delete(path: InstancePath): Promise<boolean>;
  /** Drops everything written so far; the transaction goes on and ends without a change. */
  discard(): void;
}

/** Where instances live. Reads outside a transaction see the last commit. */
export interface InstanceStore extends InstanceReader {
  /**
   * Runs `work` alone among writers. Its writes become visible together when it resolves, and not at all when it
   * rejects or discards them.
   */
  transaction<T>(work: (transaction: InstanceTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
