import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import { checkStored } from '../lab/prepare-instance.js';

/** Why the first instance that these classes do not have cannot be one of theirs; undefined when all can. */
export async function findUnfit(
  store: Pick<InstanceStore, 'batches'>,
  namespaces: Namespaces,
): Promise<string | undefined> {
  for await (const batch of store.batches()) {
    for (const instance of batch) {
      try {
        checkStored(instance, namespaces);
      } catch (error) {
        if (error instanceof CimError) return `${instance.path}: ${error.message}`;
        throw error;
      }
    }
  }
  return undefined;
}
