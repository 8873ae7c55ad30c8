import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { sameReads } from '../parts/same-reads.js';

/**
 * A transaction that tells what is written in it.
 *
 * @param written is told of each place as soon as something is to be written there
 * @param dropped is told when nothing of that counts any more
 */
export function watchedTransaction(
  inner: InstanceTransaction,
  written: (path: InstancePath) => void,
  dropped: () => void,
): InstanceTransaction {
  return {
    ...sameReads(inner),
    put(instance) {
      if (instance.path) written(instance.path);
      return inner.put(instance);
    },
    putMany(instances) {
      for (const { path } of instances) if (path) written(path);
      return inner.putMany(instances);
    },
    delete(path) {
      written(path);
      return inner.delete(path);
    },
    deleteMany(paths) {
      paths.forEach(written);
      return inner.deleteMany(paths);
    },
    clear() {
      dropped();
      return inner.clear();
    },
    discard() {
      dropped();
      inner.discard();
    },
    claim: () => inner.claim(),
  };
}
