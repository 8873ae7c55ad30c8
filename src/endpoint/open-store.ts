import type { CimInstance } from '../cim/cim-instance.js';
import type { InstanceStore } from '../cim/instance-store.js';
import { createMemoryStore } from '../store/memory-store.js';
import type { Closers } from './closers.js';

/**
 * The caller's store, or one in memory, with the instances to start with in it.
 *
 * @param given is not closed here: whoever opened it closes it
 */
export async function openStore(
  given: InstanceStore | undefined,
  instances: readonly CimInstance[],
  closers: Closers,
): Promise<InstanceStore> {
  const store = given ?? createMemoryStore();
  if (given === undefined) closers.add(() => store.close());
  await store.transaction(async (transaction) => {
    for (const instance of instances) await transaction.put(instance);
  });
  return store;
}
