import { CimInstance } from './model/cim-instance.js';
import { InstancePath, sameNamespace } from './model/instance-path.js';
import { foldName } from './model/name-map.js';

/** A namespace that nobody serves. */
const NAMESPACE = 'root/cimulator/loaded';
const CLASS = 'CIMULATOR_LoadedNamespace';

/** Where the instance is that says of a namespace that the lab's instances have been put into it: it comes and goes with them. */
export function loadedMarkPath(namespace: string): InstancePath {
  return new InstancePath({ namespace: NAMESPACE, className: CLASS, keys: [['Namespace', foldName(namespace)]] });
}

export function loadedMark(path: InstancePath): CimInstance {
  return new CimInstance(CLASS, path.keys, path);
}

/** Whether an instance is such a mark, which has no class. */
export function isLoadedMark({ path }: CimInstance): boolean {
  return path?.namespace !== undefined && sameNamespace(path.namespace, NAMESPACE);
}
