import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { PassingTransaction } from '../parts/passing-transaction.js';

/** Is told what a transaction writes. */
export interface Watcher {
  /** As soon as something is to be written there. */
  written(path: InstancePath): void;
  /** Nothing of it counts any more. */
  dropped(): void;
}

/** A transaction that tells what is written in it. */
export class WatchedTransaction extends PassingTransaction {
  readonly #watcher: Watcher;

  constructor(inner: InstanceTransaction, watcher: Watcher) {
    super(inner);
    this.#watcher = watcher;
  }

  override put(instance: CimInstance): Promise<void> {
    this.#written([instance]);
    return this.inner.put(instance);
  }

  override putMany(instances: readonly CimInstance[]): Promise<void> {
    this.#written(instances);
    return this.inner.putMany(instances);
  }

  override delete(path: InstancePath): Promise<boolean> {
    this.#watcher.written(path);
    return this.inner.delete(path);
  }

  override deleteMany(paths: readonly InstancePath[]): Promise<void> {
    for (const path of paths) this.#watcher.written(path);
    return this.inner.deleteMany(paths);
  }

  override clear(): Promise<void> {
    this.#watcher.dropped();
    return this.inner.clear();
  }

  override discard(): void {
    this.#watcher.dropped();
    this.inner.discard();
  }

  #written(instances: readonly CimInstance[]): void {
    for (const { path } of instances) if (path) this.#watcher.written(path);
  }
}
