import type { InstancePath } from '../cim/model/instance-path.js';
import { sameName } from '../cim/model/name-map.js';

/** What tells a system from others, and what the elements it hosts have in their keys. */
export interface SystemKeys {
  readonly SystemCreationClassName: string;
  readonly SystemName: string;
}

/** The keys that the elements of a system take over from it (DSP0004 §5.6.3.40, Propagated; §5.6.3.66, Weak). */
export function systemKeysOf(system: InstancePath): SystemKeys {
  return {
    SystemCreationClassName: String(system.keys.get('CreationClassName')),
    SystemName: String(system.keys.get('Name')),
  };
}

/** True when the system hosts the element: a service or an access point. Keys compare without case, as in paths. */
export function isHostedBy(element: InstancePath, system: SystemKeys): boolean {
  const name = element.keys.get('SystemName');
  if (typeof name !== 'string' || !sameName(name, system.SystemName)) return false;
  const className = element.keys.get('SystemCreationClassName');
  return typeof className === 'string' && sameName(className, system.SystemCreationClassName);
}
