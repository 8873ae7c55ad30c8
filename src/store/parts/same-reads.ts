import type { InstanceReader } from '../../cim/contracts/instance-store.js';

/** The reads of a transaction, for one around it that writes in a way of its own. */
export function sameReads(inner: InstanceReader): InstanceReader {
  return {
    get: (path) => inner.get(path),
    getMany: (paths) => inner.getMany(paths),
    findByKeys: (namespace, keys) => inner.findByKeys(namespace, keys),
    count: (namespace, classNames) => inner.count(namespace, classNames),
    scan: (namespace, className) => inner.scan(namespace, className),
    referencing: (path, filter) => inner.referencing(path, filter),
    isEmpty: () => inner.isEmpty(),
    mark: (namespace) => inner.mark(namespace),
    page: (namespace, classNames, options) => inner.page(namespace, classNames, options),
    findEqual: (...asked) => inner.findEqual(...asked),
  };
}
