import type { InstanceStore } from '../../cim/contracts/instance-store.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { type LazyNamespace, type MarkedNamespace, markedNamespaces } from './lazy-namespace.js';
import { fill, LazyTransaction } from './lazy-transaction.js';

/** A store with namespaces that fill when they are first used. */
export interface LazyStore extends InstanceStore {
  /** Fills those that have not been used: before all that there is is read. */
  loadAll(): Promise<void>;
}

/** On whose behalf they are filled. */
const ORIGIN = { id: 'lab', user: undefined };

/**
 * Puts the first instances of some namespaces into a store when one of them is first named, in the same transaction as a mark that says
 * so. The mark is an instance among the others: whoever clears the store, or puts an earlier state in its place, has the marks of that,
 * and of several processes with one store one puts them. What reads the store as a whole (`all`, `batches`, `isEmpty`, `changes`) sees what
 * is there; so does `referencing` of other namespaces than that of its path.
 */
export function createLazyStore(store: InstanceStore, namespaces: readonly LazyNamespace[]): LazyStore {
  const lazy = markedNamespaces(namespaces);
  const loading = new Map<MarkedNamespace, Promise<void>>();

  async function filled(one: MarkedNamespace): Promise<void> {
    if (await store.get(one.mark)) return;
    const known = loading.get(one);
    if (known !== undefined) return known;
    const work = store
      .transaction((transaction) => fill(transaction, [one], lazy, new Set([one])), ORIGIN)
      .finally(() => loading.delete(one));
    loading.set(one, work);
    return work;
  }

  /** Undefined when there is nothing to wait for. */
  function used(namespace: string | undefined): Promise<void> | undefined {
    const one = namespace === undefined ? undefined : lazy.get(namespace);
    return one && filled(one);
  }

  const within = <T>(namespace: string | undefined, read: () => Promise<T>): Promise<T> => {
    const filling = used(namespace);
    return filling === undefined ? read() : filling.then(read);
  };

  async function* scanAfter(filling: Promise<void>, namespace: string, className: string) {
    await filling;
    yield* store.scan(namespace, className);
  }

  return {
    get: (path) => within(path.namespace, () => store.get(path)),
    async getMany(paths) {
      await Promise.all(namesIn(paths).map(used));
      return store.getMany(paths);
    },
    findByKeys: (namespace, keys) => within(namespace, () => store.findByKeys(namespace, keys)),
    count: (namespace, classNames) => within(namespace, () => store.count(namespace, classNames)),
    scan(namespace, className) {
      const filling = used(namespace);
      return filling === undefined ? store.scan(namespace, className) : scanAfter(filling, namespace, className);
    },
    referencing: (path, filter) => within(path.namespace, () => store.referencing(path, filter)),
    isEmpty: () => store.isEmpty(),
    mark: (namespace) => within(namespace, () => store.mark(namespace)),
    page: (namespace, classNames, options) => within(namespace, () => store.page(namespace, classNames, options)),
    findEqual: (...asked) => within(asked[0], () => store.findEqual(...asked)),
    all: () => store.all(),
    batches: () => store.batches(),
    ...(store.onCleared && { onCleared: (listener: () => void) => store.onCleared?.(listener) ?? (() => undefined) }),
    version: () => store.version(),
    versionOf: (path) => within(path.namespace, () => store.versionOf(path)),
    changes: (after, limit) => store.changes(after, limit),
    transaction: (work, origin) =>
      store.transaction((transaction, attempt) => work(new LazyTransaction(transaction, lazy), attempt), origin),
    close: () => store.close(),
    async loadAll() {
      // One after another: some fill others along, and of two that do so at once one would do it again.
      for (const one of lazy.values()) await filled(one);
    },
  };
}

/** The namespaces of paths, each once. */
function namesIn(paths: readonly InstancePath[]): readonly (string | undefined)[] {
  return [...new Set(paths.map(({ namespace }) => namespace))];
}
