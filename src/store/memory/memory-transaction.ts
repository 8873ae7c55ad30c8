import type {
  InstanceChange,
  InstancePage,
  InstanceTransaction,
  PageOptions,
  ReferencingFilter,
  TransactionOrigin,
} from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { readPage } from '../parts/read-page.js';
import type { Turn, Turns } from '../parts/turns.js';
import { ClassCounts } from './class-counts.js';
import type { CommitLog } from './commit-log.js';
import { InstanceIndex } from './instance-index.js';
import { pageLayers } from './page-layers.js';
import { ReadSet } from './read-set.js';
import { scanLayers } from './scan-layers.js';
import { scanSnapshot } from './scan-snapshot.js';
import type { StoreSize } from './store-size.js';

/** Writes that are kept without an index: each look-up by path goes through all of them. */
const MAX_FRESH = 8;

/** What all transactions of a store work on. */
export interface Committed {
  readonly index: InstanceIndex;
  readonly turns: Turns;
  readonly log: CommitLog;
  readonly size: StoreSize;
}

/**
 * One attempt of a transaction: its writes, laid over the committed instances. Reads join the two layers at the cost of
 * their results; nothing is copied from the committed layer.
 *
 * While it has the turn, nobody else commits. Without it, each read first makes sure that all earlier ones would give
 * the same now, so that together they always are of one point in time; when they would not, the attempt is void.
 */
export class MemoryTransaction implements InstanceTransaction {
  readonly #store: Committed;
  readonly #turn: Turn;
  /** All that was read of the committed instances, to be checked before the commit. */
  readonly #reads: ReadSet;
  /**
   * The committed instances, or none once they are cleared away. Those that are written over are read, too, so all that the layers
   * know of them stays right.
   */
  #committed: ReadSet;
  #isCleared = false;
  /** The version at which all reads were last known to be right. */
  #seen: number;
  #index: InstanceIndex | undefined;
  /** Written last, and not in the index yet: most transactions write one or two instances and never ask for them. */
  readonly #fresh: CimInstance[] = [];
  /** Committed instances that are no longer what the transaction sees, with what took their place, if anything did. */
  #superseded = new Map<CimInstance, CimInstance | undefined>();
  /** Number of superseded instances by class, for `count`. */
  #supersededCounts = new ClassCounts();
  #keepsWrites = true;
  #isOpen = true;
  /** See {@link isVoid}. */
  #isVoid = false;

  constructor(store: Committed, turn: Turn) {
    this.#store = store;
    this.#turn = turn;
    this.#reads = new ReadSet(store.index);
    this.#committed = this.#reads;
    this.#seen = store.log.version;
  }

  /** Others changed what it had read: whatever came of it counts for nothing. */
  get isVoid(): boolean {
    return this.#isVoid;
  }

  /** There is something to commit. */
  get hasWrites(): boolean {
    return this.#keepsWrites && (this.#fresh.length > 0 || this.#superseded.size > 0 || this.#index !== undefined);
  }

  get(path: InstancePath): Promise<CimInstance | undefined> {
    // No asynchronous function: what it costs is most of a look-up's price.
    const isCurrent = this.#isOpen && !this.#isVoid && this.#seen === this.#store.log.version;
    if (isCurrent) return Promise.resolve(this.#find(path));
    return this.#ask(() => this.#find(path));
  }

  #find(path: InstancePath): CimInstance | undefined {
    for (let at = this.#fresh.length - 1; at >= 0; at--) {
      const fresh = this.#fresh[at];
      if (fresh?.path?.equals(path)) return fresh;
    }
    const written = this.#index?.get(path);
    if (written) return written;
    const committed = this.#committed.get(path);
    return committed && this.#superseded.has(committed) ? undefined : committed;
  }

  getMany(paths: readonly InstancePath[]): Promise<readonly (CimInstance | undefined)[]> {
    return this.#ask(() => paths.map((path) => this.#find(path)));
  }

  findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]> {
    return this.#ask(() => {
      const written = this.#indexWrites()?.findByKeys(namespace, canonicalKeys);
      return this.#join(this.#committed.findByKeys(namespace, canonicalKeys), written);
    });
  }

  count(namespace: string, classNames: readonly string[]): Promise<readonly number[]> {
    return this.#ask(() => {
      const committed = this.#committed.count(namespace, classNames);
      const written = this.#indexWrites()?.count(namespace, classNames);
      if (!written && this.#superseded.size === 0) return committed;
      return classNames.map((className, at) => {
        const superseded = this.#supersededCounts.get(namespace, className);
        return (committed[at] ?? 0) + (written?.[at] ?? 0) - superseded;
      });
    });
  }

  scan(namespace: string, className: string): AsyncIterable<CimInstance> {
    this.#enter();
    const committed = this.#committed.snapshot(namespace, className);
    const written = this.#indexWrites();
    if (!written && this.#superseded.size === 0) return scanSnapshot(committed);
    return scanLayers(committed, new Map(this.#superseded), written?.snapshot(namespace, className) ?? []);
  }

  referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]> {
    return this.#ask(() =>
      this.#join(this.#committed.referencing(path, filter), this.#indexWrites()?.referencing(path, filter)),
    );
  }

  isEmpty(): Promise<boolean> {
    return this.#ask(() => {
      if (this.#isCleared) return this.#indexWrites()?.isEmpty() ?? true;
      return !this.hasWrites && this.#committed.isEmpty();
    });
  }

  mark(): Promise<string> {
    return this.#ask(() => (this.#committed.sequence + (this.#indexWrites()?.sequence ?? 0)).toFixed());
  }

  page(namespace: string, classNames: readonly string[], options: PageOptions): Promise<InstancePage> {
    return this.#ask(() => {
      const written = this.#indexWrites();
      if (!written && this.#superseded.size === 0) {
        return readPage(classNames, options, (className, after, last, limit) =>
          this.#committed.page(namespace, className, after, last, limit),
        );
      }
      const layers = {
        committed: this.#committed,
        written,
        /** What the transaction sees in the place of a committed instance; undefined when it deleted it. */
        current: (instance: CimInstance) =>
          this.#superseded.has(instance) ? this.#superseded.get(instance) : instance,
        isNew: (instance: CimInstance) => this.#isNew(instance),
      };
      return readPage(classNames, options, (className, after, last, limit) =>
        pageLayers(layers, namespace, className, after, last, limit),
      );
    });
  }

  findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined> {
    return this.#ask(() => {
      const committed = this.#committed.findEqual(namespace, classNames, property, value);
      const index = this.#indexWrites();
      const written = index ? index.findEqual(namespace, classNames, property, value) : [];
      return committed && written && this.#join(committed, written);
    });
  }

  put(instance: CimInstance): Promise<void> {
    return this.#ask(() => {
      this.#write(instance);
    });
  }

  putMany(instances: readonly CimInstance[]): Promise<void> {
    return this.#ask(() => {
      for (const instance of instances) this.#write(instance);
    });
  }

  delete(path: InstancePath): Promise<boolean> {
    return this.#ask(() => this.#remove(path));
  }

  deleteMany(paths: readonly InstancePath[]): Promise<void> {
    return this.#ask(() => {
      for (const path of paths) this.#remove(path);
    });
  }

  /**
   * Does what the transaction is asked for, at once. When it cannot, because the attempt is void or over, whoever waits for
   * the answer hears of it; of several that were asked for together only the first is waited for then, and that nobody
   * waits for the others must not end the process.
   */
  #ask<T>(work: () => T): Promise<T> {
    try {
      this.#enter();
      return Promise.resolve(work());
    } catch (error) {
      const failed = Promise.reject<T>(error);
      if (this.#isVoid || !this.#isOpen) failed.catch(ignore);
      return failed;
    }
  }

  #write(instance: CimInstance): void {
    const { path } = instance;
    if (!path) throw new TypeError(`an instance of ${instance.className} without a path cannot be stored`);
    const committed = this.#committed.get(path);
    if (committed && !this.#isDeleted(committed)) this.#supersede(committed, path, instance);
    this.#fresh.push(instance);
    if (this.#fresh.length > MAX_FRESH) this.#indexWrites();
  }

  #remove(path: InstancePath): boolean {
    const wasWritten = this.#indexWrites()?.remove(path) ?? false;
    const committed = this.#committed.get(path);
    const wasCommitted = committed !== undefined && !this.#isDeleted(committed);
    if (wasCommitted) this.#supersede(committed, path, undefined);
    return wasWritten || wasCommitted;
  }

  clear(): Promise<void> {
    return this.#ask(() => {
      const written = this.#indexWrites();
      // No number, and no mark, of before is one of what is put from here on.
      const next = this.#isCleared ? (written?.sequence ?? 0) : this.#store.index.sequence + (written?.sequence ?? 0);
      this.#dropWrites();
      this.#isCleared = true;
      this.#committed = nothing();
      this.#index = new InstanceIndex(next + 1);
    });
  }

  discard(): void {
    this.#enter();
    this.#keepsWrites = false;
    this.#isCleared = false;
    this.#committed = this.#reads;
    this.#dropWrites();
  }

  #dropWrites(): void {
    this.#index = undefined;
    this.#fresh.length = 0;
    this.#superseded = new Map();
    this.#supersededCounts = new ClassCounts();
  }

  async claim(): Promise<void> {
    this.#enter();
    await this.#store.turns.take(this.#turn);
    this.#enter();
    this.#turn.isKept = true;
    this.#reads.stop();
  }

  /** Refuses to be used from here on. */
  end(): void {
    this.#isOpen = false;
  }

  /**
   * Moves the writes to the committed layer, in one step, unless they were discarded. For whoever has the turn.
   *
   * @returns false when the attempt is void
   * @throws StoreError full when there would be more than fits: nothing is moved then
   */
  commit(origin: TransactionOrigin | undefined): boolean {
    if (!this.#isCurrent()) return false;
    const { index, log, size } = this.#store;
    const whole = this.#isCleared ? this.#indexWrites() : undefined;
    if (whole) {
      size.replaceAll(whole.all());
      index.takeOver(whole, log.version + 1);
      log.forget();
      return true;
    }
    const bytesBefore = size.change(this.#superseded.keys(), this.#lastWrites());
    const version = log.version + 1;
    const removed = this.#removeFrom(index);
    const changes: InstanceChange[] = [];
    for (const instance of this.#lastWrites()) {
      const { path } = instance;
      if (!path) continue;
      const before = index.put(path, instance, version) ?? removed?.get(path.canonical);
      removed?.delete(path.canonical);
      changes.push({ path, before, after: instance });
    }
    for (const before of removed?.values() ?? []) {
      if (before.path) changes.push({ path: before.path, before, after: undefined });
    }
    log.add(changes, origin, bytesBefore);
    return true;
  }

  /** An instance deleted and written again is a new one, and goes to the end of its class. */
  #removeFrom(index: InstanceIndex): Map<string, CimInstance> | undefined {
    let removed: Map<string, CimInstance> | undefined;
    for (const [before, after] of this.#superseded) {
      if (after || !before.path) continue;
      index.remove(before.path);
      removed ??= new Map();
      removed.set(before.path.canonical, before);
    }
    return removed;
  }

  /** What was written, each instance once: as it was written last, where it was written first. */
  #lastWrites(): Iterable<CimInstance> {
    if (this.#index) return this.#indexWrites()?.all() ?? [];
    const last: CimInstance[] = [];
    // No more than MAX_FRESH.
    for (const instance of this.#fresh) {
      const { path } = instance;
      const place = path ? last.findIndex((other) => other.path?.equals(path)) : -1;
      if (place < 0) last.push(instance);
      else last[place] = instance;
    }
    return last;
  }

  /** All that was written, in an index. */
  #indexWrites(): InstanceIndex | undefined {
    if (this.#fresh.length > 0) {
      this.#index ??= new InstanceIndex();
      for (const instance of this.#fresh) if (instance.path) this.#index.put(instance.path, instance);
      this.#fresh.length = 0;
    }
    return this.#index;
  }

  /** True unless a written instance stands in the place of a committed one. */
  #isNew(written: CimInstance): boolean {
    const committed = written.path && this.#committed.get(written.path);
    return !committed || this.#superseded.get(committed) !== written;
  }

  #isDeleted(committed: CimInstance): boolean {
    return this.#superseded.has(committed) && this.#superseded.get(committed) === undefined;
  }

  #supersede(committed: CimInstance, path: InstancePath, by: CimInstance | undefined): void {
    if (!this.#superseded.has(committed)) this.#supersededCounts.add(path);
    this.#superseded.set(committed, by);
  }

  #join(committed: readonly CimInstance[], written: readonly CimInstance[] = []): readonly CimInstance[] {
    if (this.#superseded.size === 0) return written.length === 0 ? committed : [...committed, ...written];
    return [...committed.filter((instance) => !this.#superseded.has(instance)), ...written];
  }

  /** @throws TypeError when the transaction has ended; StoreError conflict when it is void */
  #enter(): void {
    if (!this.#isOpen) throw new TypeError('the transaction has ended');
    if (!this.#isCurrent()) throw new StoreError('conflict', 'others have changed what the transaction had read');
  }

  /** Moves on to the present, unless what was read is no longer so. */
  #isCurrent(): boolean {
    if (this.#seen === this.#store.log.version || this.#isVoid) return !this.#isVoid;
    if (this.#reads.isUnchanged()) this.#seen = this.#store.log.version;
    else this.#isVoid = true;
    return !this.#isVoid;
  }
}

/** Reads of it are of no state that another could change. */
function nothing(): ReadSet {
  const reads = new ReadSet(new InstanceIndex());
  reads.stop();
  return reads;
}

function ignore(): void {
  // The same error is told to whoever waits for the answer.
}
