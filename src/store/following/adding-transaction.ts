import type { CimInstance } from '../../cim/model/cim-instance.js';
import { PassingTransaction } from '../parts/passing-transaction.js';

/** A transaction that only adds: what is there stays as somebody has put it there, whatever follows. */
export class AddingTransaction extends PassingTransaction {
  override put(instance: CimInstance): Promise<void> {
    return this.putMany([instance]);
  }

  override async putMany(instances: readonly CimInstance[]): Promise<void> {
    const present = await this.inner.getMany(instances.flatMap(({ path }) => path ?? []));
    await this.inner.putMany(instances.filter((_, at) => present[at] === undefined));
  }

  override async delete(): Promise<boolean> {
    return false;
  }

  override async deleteMany(): Promise<void> {
    // Nothing goes.
  }
}
