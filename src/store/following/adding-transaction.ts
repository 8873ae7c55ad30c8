import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameReads } from '../parts/same-reads.js';

/** A transaction that only adds: what is there stays as somebody has put it there, whatever follows. */
export function addingTransaction(inner: InstanceTransaction): InstanceTransaction {
  const absent = async (instances: readonly CimInstance[]): Promise<readonly CimInstance[]> => {
    const present = await inner.getMany(instances.flatMap(({ path }) => path ?? []));
    return instances.filter((_, at) => present[at] === undefined);
  };
  const putMany = async (instances: readonly CimInstance[]) => inner.putMany(await absent(instances));
  return {
    ...sameReads(inner),
    put: (instance) => putMany([instance]),
    putMany,
    delete: async () => false,
    deleteMany: async () => undefined,
    clear: () => inner.clear(),
    discard: () => inner.discard(),
    claim: () => inner.claim(),
  };
}
