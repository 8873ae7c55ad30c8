import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { type HostParts, HostReader } from './host-reader.js';

/** The instances of a host alone, with the names that they have in the store. */
export type FindOwn = (reader: InstanceReader) => Promise<readonly InstancePath[]>;

/** A transaction of the store as a host sees it. */
export class HostTransaction extends HostReader implements InstanceTransaction {
  readonly #transaction: InstanceTransaction;
  readonly #findOwn: FindOwn;
  #claiming: Promise<void> | undefined;

  constructor(transaction: InstanceTransaction, parts: HostParts, findOwn: FindOwn) {
    super(transaction, parts);
    this.#transaction = transaction;
    this.#findOwn = findOwn;
  }

  put(instance: CimInstance): Promise<void> {
    return this.#transaction.put(this.parts.translation.storedInstance(instance));
  }

  putMany(instances: readonly CimInstance[]): Promise<void> {
    const { translation } = this.parts;
    return this.#transaction.putMany(instances.map((one) => translation.storedInstance(one)));
  }

  delete(path: InstancePath): Promise<boolean> {
    return this.#transaction.delete(this.parts.translation.storedPath(path));
  }

  deleteMany(paths: readonly InstancePath[]): Promise<void> {
    const { translation } = this.parts;
    return this.#transaction.deleteMany(paths.map((path) => translation.storedPath(path)));
  }

  /** What there is has to be found first, and nobody is to add to it meanwhile. */
  async clear(): Promise<void> {
    await this.claim();
    await this.#transaction.deleteMany(await this.#findOwn(this.#transaction));
    await this.parts.cleared.write(this.#transaction);
  }

  discard(): void {
    this.#transaction.discard();
  }

  /** Who has claimed a store once does not wait for itself. */
  claim(): Promise<void> {
    this.#claiming ??= this.#transaction.claim();
    return this.#claiming;
  }
}
