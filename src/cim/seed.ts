import type { InstanceStore } from './contracts/instance-store.js';
import type { CimInstance } from './model/cim-instance.js';

/**
 * Gives a store its first instances, unless it has any: a store that outlives its process is seeded once.
 *
 * @returns the mark of the state that was found; undefined when there was none
 */
export function seed(store: InstanceStore, instances: readonly CimInstance[]): Promise<string | undefined> {
  return store.transaction(async (transaction) => {
    if (!(await transaction.isEmpty())) return transaction.mark();
    await transaction.putMany(instances);
    return undefined;
  });
}
