import { hostNamespace, splitHost } from './hosts/host-namespace.js';
import type { HostNamespace } from './hosts/host-scope.js';
import { CimInstance } from './model/cim-instance.js';
import { InstancePath, sameNamespace } from './model/instance-path.js';
import { foldName } from './model/name-map.js';

/** A namespace that nobody serves. */
const NAMESPACE = 'root/cimulator/loaded';
const CLASS = 'CIMULATOR_LoadedNamespace';

/** The namespace of the marks as each of several hosts has it, beside what they tell of. */
export const loadedMarks: HostNamespace = { name: NAMESPACE, isOwn: true, classNames: () => [CLASS] };

/**
 * Where the instance is that says of a namespace that the lab's instances have been put into it: it comes and goes with them.
 *
 * @param stored the namespace as it is called in the store: the mark of a host's own lies with the host
 */
export function loadedMarkPath(stored: string): InstancePath {
  const { host, namespace } = splitHost(stored);
  const marks = host === undefined ? NAMESPACE : hostNamespace(host, NAMESPACE);
  return new InstancePath({ namespace: marks, className: CLASS, keys: [['Namespace', foldName(namespace)]] });
}

export function loadedMark(path: InstancePath): CimInstance {
  return new CimInstance(CLASS, path.keys, path);
}

/** Whether an instance is such a mark, which has no class. */
export function isLoadedMark({ path }: CimInstance): boolean {
  return path?.namespace !== undefined && sameNamespace(splitHost(path.namespace).namespace, NAMESPACE);
}
