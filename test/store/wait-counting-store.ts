import type { InstanceReader, InstanceStore, InstanceTransaction } from '../../src/cim/contracts/instance-store.js';
import { collect } from './instance-builders.js';

export interface WaitCountingStore {
  readonly store: InstanceStore;
  /** How often somebody has waited for the store since the last time: calls made together are waited for once. */
  takeWaits(): number;
  takeCalls(): number;
}

/** A store that answers as late as a database would, so that calls made before the next answer are seen to be made together. */
export function countWaits(inner: InstanceStore): WaitCountingStore {
  let waits = 0;
  let calls = 0;
  let answer: Promise<void> | undefined;
  const later = async <T>(result: Promise<T>): Promise<T> => {
    calls += 1;
    if (!answer) {
      waits += 1;
      answer = new Promise((resolve) =>
        setImmediate(() => {
          answer = undefined;
          resolve();
        }),
      );
    }
    await Promise.allSettled([answer, result]);
    return result;
  };
  const reader = (target: InstanceReader): InstanceReader => ({
    get: (path) => later(target.get(path)),
    getMany: (paths) => later(target.getMany(paths)),
    findByKeys: (namespace, canonicalKeys) => later(target.findByKeys(namespace, canonicalKeys)),
    count: (namespace, classNames) => later(target.count(namespace, classNames)),
    async *scan(namespace, className) {
      yield* await later(collect(target.scan(namespace, className)));
    },
    referencing: (path, filter) => later(target.referencing(path, filter)),
    isEmpty: () => later(target.isEmpty()),
    mark: () => later(target.mark()),
    page: (namespace, classNames, options) => later(target.page(namespace, classNames, options)),
    findEqual: (namespace, classNames, property, value) =>
      later(target.findEqual(namespace, classNames, property, value)),
  });
  const transaction = (target: InstanceTransaction): InstanceTransaction => ({
    ...reader(target),
    put: (instance) => later(target.put(instance)),
    putMany: (instances) => later(target.putMany(instances)),
    delete: (path) => later(target.delete(path)),
    deleteMany: (paths) => later(target.deleteMany(paths)),
    clear: () => later(target.clear()),
    discard: () => target.discard(),
    claim: () => later(target.claim()),
  });
  return {
    store: {
      ...reader(inner),
      all: () => later(inner.all()),
      batches: () => inner.batches(),
      version: () => later(inner.version()),
      versionOf: (path) => later(inner.versionOf(path)),
      changes: (after, limit) => later(inner.changes(after, limit)),
      transaction: (work, origin) => inner.transaction((each, attempt) => work(transaction(each), attempt), origin),
      close: () => inner.close(),
    },
    takeWaits() {
      const taken = waits;
      waits = 0;
      return taken;
    },
    takeCalls() {
      const taken = calls;
      calls = 0;
      return taken;
    },
  };
}
