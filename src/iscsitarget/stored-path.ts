import type { CimInstance } from '../cim/model/cim-instance.js';
import type { InstancePath } from '../cim/model/instance-path.js';

/** The path of an instance that came from the store, where every instance has one. */
export function storedPath(instance: CimInstance): InstancePath {
  if (!instance.path) throw new TypeError(`a stored instance of ${instance.className} has no path`);
  return instance.path;
}
