import type { ReferencingFilter } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath, sameNamespace } from '../../cim/model/instance-path.js';

/**
 * What `findEqual` finds for a reference, among what refers to it: a reference in an array is no value of the property, and a holder may
 * live in another namespace.
 *
 * @param referencing as `referencing` of a store; a value without a namespace means one into `namespace`
 */
export function findReferring(
  referencing: (target: InstancePath, filter: ReferencingFilter) => readonly CimInstance[],
  namespace: string,
  classNames: readonly string[],
  property: string,
  value: InstancePath,
): readonly CimInstance[] {
  const target = value.namespace === undefined ? value.inNamespace(namespace) : value;
  return referencing(target, { classNames, role: property }).filter((holder) => {
    return holder.get(property) instanceof InstancePath && sameNamespace(holder.path?.namespace ?? '', namespace);
  });
}
