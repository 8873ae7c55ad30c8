import type { CimInstance } from '../cim/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../cim/instance-path.js';
import type { InstancePage, InstanceTransaction, PageOptions, ReferencingFilter } from '../cim/instance-store.js';
import { ClassCounts } from './class-counts.js';
import { InstanceIndex } from './instance-index.js';
import { pageLayers } from './page-layers.js';
import { readPage } from './read-page.js';
import { scanSnapshot } from './scan-snapshot.js';

type Snapshot = ReturnType<InstanceIndex['snapshot']>;

/** Writes that are kept without an index: each look-up by path goes through all of them. */
const MAX_FRESH = 8;

/**
 * The writes of one transaction, laid over the committed instances, which nobody else changes meanwhile. Reads join
 * the two layers at the cost of their results; nothing is copied from the committed layer.
 */
export class MemoryTransaction implements InstanceTransaction {
  readonly #committed: InstanceIndex;
  #index: InstanceIndex | undefined;
  /** Written last, and not in the index yet: most transactions write one or two instances and never ask for them. */
  readonly #fresh: CimInstance[] = [];
  /** Committed instances that are no longer what the transaction sees, with what took their place, if anything did. */
  #superseded = new Map<CimInstance, CimInstance | undefined>();
  /** Number of superseded instances by class, for `count`. */
  #supersededCounts = new ClassCounts();
  #keepsWrites = true;
  #isOpen = true;

  constructor(committed: InstanceIndex) {
    this.#committed = committed;
  }

  get(path: InstancePath): Promise<CimInstance | undefined> {
    // No asynchronous function: what it costs is most of a look-up's price.
    return this.#isOpen ? Promise.resolve(this.#find(path)) : Promise.reject(ended());
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

  async findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]> {
    this.#checkOpen();
    const written = this.#indexWrites()?.findByKeys(namespace, canonicalKeys);
    return this.#join(this.#committed.findByKeys(namespace, canonicalKeys), written);
  }

  async count(namespace: string, className: string): Promise<number> {
    this.#checkOpen();
    const written = this.#indexWrites()?.count(namespace, className) ?? 0;
    const superseded = this.#supersededCounts.get(namespace, className);
    return this.#committed.count(namespace, className) + written - superseded;
  }

  scan(namespace: string, className: string): AsyncIterable<CimInstance> {
    this.#checkOpen();
    const committed = this.#committed.snapshot(namespace, className);
    const written = this.#indexWrites();
    if (!written && this.#superseded.size === 0) return scanSnapshot(committed);
    return scanLayers(committed, new Map(this.#superseded), written?.snapshot(namespace, className) ?? []);
  }

  async referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]> {
    this.#checkOpen();
    return this.#join(this.#committed.referencing(path, filter), this.#indexWrites()?.referencing(path, filter));
  }

  async mark(): Promise<string> {
    this.#checkOpen();
    return (this.#committed.sequence + (this.#indexWrites()?.sequence ?? 0)).toFixed();
  }

  async page(namespace: string, className: string, options: PageOptions): Promise<InstancePage> {
    this.#checkOpen();
    const layers = {
      committed: this.#committed,
      written: this.#indexWrites(),
      /** What the transaction sees in the place of a committed instance; undefined when it deleted it. */
      current: (instance: CimInstance) => (this.#superseded.has(instance) ? this.#superseded.get(instance) : instance),
      isNew: (instance: CimInstance) => this.#isNew(instance),
    };
    return readPage(options, (after, last, limit) => pageLayers(layers, namespace, className, after, last, limit));
  }

  async findEqual(
    namespace: string,
    className: string,
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined> {
    this.#checkOpen();
    const committed = this.#committed.findEqual(namespace, className, property, value);
    const index = this.#indexWrites();
    const written = index ? index.findEqual(namespace, className, property, value) : [];
    return committed && written && this.#join(committed, written);
  }

  async put(instance: CimInstance): Promise<void> {
    this.#checkOpen();
    const { path } = instance;
    if (!path) throw new TypeError(`an instance of ${instance.className} without a path cannot be stored`);
    const committed = this.#committed.get(path);
    if (committed && !this.#isDeleted(committed)) this.#supersede(committed, path, instance);
    this.#fresh.push(instance);
    if (this.#fresh.length > MAX_FRESH) this.#indexWrites();
  }

  async delete(path: InstancePath): Promise<boolean> {
    this.#checkOpen();
    const wasWritten = this.#indexWrites()?.remove(path) ?? false;
    const committed = this.#committed.get(path);
    const wasCommitted = committed !== undefined && !this.#isDeleted(committed);
    if (wasCommitted) this.#supersede(committed, path, undefined);
    return wasWritten || wasCommitted;
  }

  discard(): void {
    this.#checkOpen();
    this.#keepsWrites = false;
    this.#index = undefined;
    this.#fresh.length = 0;
    this.#superseded = new Map();
    this.#supersededCounts = new ClassCounts();
  }

  /** Ends the transaction without a change. */
  abandon(): void {
    this.#isOpen = false;
  }

  /** Ends the transaction and moves its writes to the committed layer, in one step, unless they were discarded. */
  commit(): void {
    this.#isOpen = false;
    if (!this.#keepsWrites) return;
    for (const [before, after] of this.#superseded) {
      // An instance deleted and written again is a new one, and goes to the end of its class.
      if (!after && before.path) this.#committed.remove(before.path);
    }
    for (const instance of this.#index?.all() ?? []) this.#commitOne(instance);
    for (const instance of this.#fresh) this.#commitOne(instance);
  }

  #commitOne(instance: CimInstance): void {
    if (instance.path) this.#committed.put(instance.path, instance);
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

  #checkOpen(): void {
    if (!this.#isOpen) throw ended();
  }
}

function ended(): TypeError {
  return new TypeError('the transaction has ended');
}

/** Instances keep their place in the order when they are changed; new ones follow. */
async function* scanLayers(
  committed: Snapshot,
  superseded: ReadonlyMap<CimInstance, CimInstance | undefined>,
  written: Snapshot,
): AsyncGenerator<CimInstance> {
  const inPlace = new Set(superseded.values());
  for (const items of committed) {
    for (const item of items) {
      const seen = superseded.has(item) ? superseded.get(item) : item;
      if (seen) yield seen;
    }
  }
  for (const items of written) {
    for (const item of items) if (!inPlace.has(item)) yield item;
  }
}
