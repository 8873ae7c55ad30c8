import type { InstanceReader, InstanceStore } from '../contracts/instance-store.js';
import type { ProviderHost } from '../contracts/provider-host.js';

/**
 * The store as providers have it: what they read is the store's own, and a transaction the host's, which refuses what comes too late. It is
 * not among what the contract gives them, but providers without types find it.
 */
export function storeForProviders(
  store: InstanceStore,
  transaction: ProviderHost['transaction'],
): InstanceReader & Pick<ProviderHost, 'transaction'> {
  return {
    get: (path) => store.get(path),
    getMany: (paths) => store.getMany(paths),
    findByKeys: (namespace, keys) => store.findByKeys(namespace, keys),
    count: (namespace, classNames) => store.count(namespace, classNames),
    scan: (namespace, className) => store.scan(namespace, className),
    referencing: (path, filter) => store.referencing(path, filter),
    isEmpty: () => store.isEmpty(),
    mark: (namespace) => store.mark(namespace),
    page: (namespace, classNames, options) => store.page(namespace, classNames, options),
    findEqual: (...asked) => store.findEqual(...asked),
    transaction,
  };
}
