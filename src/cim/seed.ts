import type { CimInstance } from './cim-instance.js';
import type { InstanceStore } from './instance-store.js';

/**
 * Gives a store its first instances, unless it has any: a store that outlives its process is seeded once.
 *
 * @returns whether it was empty
 */
export function seed(store: InstanceStore, instances: readonly CimInstance[]): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const isEmpty = await transaction.isEmpty();
    if (isEmpty) await transaction.putMany(instances);
    return isEmpty;
  });
}
