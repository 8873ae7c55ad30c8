import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { HostTranslation } from '../../cim/hosts/host-translation.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { ClearedRecord } from './cleared-record.js';

/** What a view of a store consists of. */
export interface HostParts {
  readonly translation: HostTranslation;
  readonly cleared: ClearedRecord;
  /** Whether the host sees nothing at all. */
  isEmpty(reader: InstanceReader): Promise<boolean>;
  /** What another host sees. */
  onHost(reader: InstanceReader, name: string): InstanceReader | undefined;
}

/** Reads what a host sees of a store, or of a transaction. */
export function hostReader(reader: InstanceReader, parts: HostParts): InstanceReader {
  const { translation, cleared, isEmpty } = parts;
  const seen = (instance: CimInstance | undefined) => instance && translation.seenInstance(instance);
  const allSeen = (instances: readonly CimInstance[]) => instances.map((one) => translation.seenInstance(one));
  const stored = (namespace: string) => translation.storedNamespace(namespace);
  return {
    get: async (path) => seen(await reader.get(translation.storedPath(path))),
    getMany: async (paths) => (await reader.getMany(paths.map((path) => translation.storedPath(path)))).map(seen),
    findByKeys: async (namespace, keys) =>
      allSeen(await reader.findByKeys(stored(namespace), translation.storedKeys(keys))),
    count: (namespace, classNames) => reader.count(stored(namespace), classNames),
    scan: (namespace, className) => mapEach(reader.scan(stored(namespace), className), translation),
    referencing: async (path, filter) => {
      const found = await reader.referencing(translation.storedPath(path), filter);
      return allSeen(found.filter((one) => translation.isSeen(one.path?.namespace ?? '')));
    },
    isEmpty: () => isEmpty(reader),
    mark: (namespace) => reader.mark(namespace === undefined ? undefined : stored(namespace)),
    page: async (namespace, classNames, options) => {
      const [page] = await Promise.all([
        reader.page(stored(namespace), classNames, options),
        cleared.checkNotAfter(options.asOf, reader),
      ]);
      return { instances: allSeen(page.instances), next: page.next };
    },
    findEqual: async (namespace, classNames, property, value) => {
      const found = await reader.findEqual(stored(namespace), classNames, property, translation.storedValue(value));
      return found && allSeen(found);
    },
    onHost: (name) => parts.onHost(reader, name),
  };
}

/** The walk begins when it is asked for, as that of the store does. */
function mapEach(instances: AsyncIterable<CimInstance>, translation: HostTranslation): AsyncIterable<CimInstance> {
  return (async function* () {
    for await (const one of instances) yield translation.seenInstance(one);
  })();
}
