import { mayReadClass, type Permissions } from '../cim/contracts/access.js';
import type { Reason } from '../cim/contracts/call.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import type { InstancePath } from '../cim/model/instance-path.js';

/**
 * As much of what was explained as the caller may be told: a reason names nothing that its roles may not read.
 *
 * @param permissions undefined: everything
 */
export function tellableReasons(
  reasons: readonly Reason[],
  permissions: Permissions | undefined,
  namespaces: Namespaces,
): readonly Reason[] {
  const mayRead = ({ namespace: name, className }: InstancePath): boolean => {
    const space = name === undefined ? undefined : namespaces.findNamespace(name);
    const cimClass = space?.schema.findClass(className);
    return permissions === undefined || (cimClass !== undefined && mayReadClass(permissions, name ?? '', cimClass));
  };
  return reasons.filter(({ about }) => about.every(mayRead));
}

/** A fault's text, and what was explained beside it; undefined when there is nothing. */
export function joinReasons(fault: string | undefined, reasons: readonly Reason[]): string | undefined {
  const texts = [...(fault === undefined ? [] : [fault]), ...reasons.map(({ text }) => text)];
  return texts.length === 0 ? undefined : texts.join('; ');
}
