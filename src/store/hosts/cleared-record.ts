import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { hostRecords } from '../../cim/hosts/host-namespace.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';

const CLASS = 'CIMULATOR_ClearedHost';

/** Where it is written down that all of a host was cleared away: an instance that is made anew each time, and that nobody is shown. */
export class ClearedRecord {
  readonly #path: InstancePath;

  constructor(host: string) {
    this.#path = new InstancePath({ namespace: hostRecords(host), className: CLASS, keys: { Name: host } });
  }

  async write(transaction: InstanceTransaction): Promise<void> {
    await transaction.delete(this.#path);
    await transaction.put(new CimInstance(CLASS, this.#path.keys, this.#path));
  }

  is(path: InstancePath): boolean {
    return path.equals(this.#path);
  }

  /** @throws StoreError conflict when the host was cleared after a mark: a walk as of it would end as if it had shown all */
  async checkNotAfter(asOf: string, reader: InstanceReader): Promise<void> {
    const { namespace = '', className } = this.#path;
    const [[count], { instances }] = await Promise.all([
      reader.count(namespace, [className]),
      reader.page(namespace, [className], { asOf, limit: 1 }),
    ]);
    if (count === 1 && instances.length === 0)
      throw new StoreError('conflict', 'what is walked through was cleared away after the walk had begun');
  }
}
