import type { InstanceReader } from './contracts/instance-store.js';

/** What a store or a transaction reads, and nothing else of it; a literal, which others may spread into theirs. */
export function passingReader(reader: InstanceReader): InstanceReader {
  return {
    get: (path) => reader.get(path),
    getMany: (paths) => reader.getMany(paths),
    findByKeys: (namespace, canonicalKeys) => reader.findByKeys(namespace, canonicalKeys),
    count: (namespace, classNames) => reader.count(namespace, classNames),
    scan: (namespace, className) => reader.scan(namespace, className),
    referencing: (path, filter) => reader.referencing(path, filter),
    isEmpty: () => reader.isEmpty(),
    mark: (namespace) => reader.mark(namespace),
    page: (...asked) => reader.page(...asked),
    findEqual: (...asked) => reader.findEqual(...asked),
  };
}
