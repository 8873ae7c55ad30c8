import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { type HostParts, hostReader } from './host-reader.js';

/** The instances of a host alone, with the names that they have in the store. */
export type FindOwn = (reader: InstanceReader) => Promise<readonly InstancePath[]>;

/** A transaction of the store as a host sees it. */
export function hostTransaction(
  transaction: InstanceTransaction,
  parts: HostParts,
  findOwn: FindOwn,
): InstanceTransaction {
  const { translation, cleared } = parts;
  let claiming: Promise<void> | undefined;
  /** Who has claimed a store once does not wait for itself. */
  const claim = () => {
    claiming ??= transaction.claim();
    return claiming;
  };
  return {
    ...hostReader(transaction, parts),
    put: (instance) => transaction.put(translation.storedInstance(instance)),
    putMany: (instances) => transaction.putMany(instances.map((one) => translation.storedInstance(one))),
    delete: (path) => transaction.delete(translation.storedPath(path)),
    deleteMany: (paths) => transaction.deleteMany(paths.map((path) => translation.storedPath(path))),
    // What there is has to be found first, and nobody is to add to it meanwhile.
    async clear() {
      await claim();
      await transaction.deleteMany(await findOwn(transaction));
      await cleared.write(transaction);
    },
    discard: () => transaction.discard(),
    claim,
  };
}
