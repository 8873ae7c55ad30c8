import { nearestNames } from '../../strings/nearest-name.js';
import type { Call } from '../contracts/call.js';
import type { AssociationFilter } from '../contracts/cim-operation.js';
import type { Namespace } from '../contracts/namespaces.js';
import { InstancePath } from '../model/instance-path.js';
import { NameMap } from '../model/name-map.js';
import type { Schema } from '../schema/schema.js';

const MOST_NAMES = 3;

/**
 * Explains why nothing was found where Role or ResultRole is no reference of any association that was asked for: to the one who asked it is
 * an answer like others, with nothing in it (DSP0200 §5.3.2.15).
 */
export function explainRoles(
  { name: namespace, schema }: Namespace,
  { associationClass, role, resultRole }: AssociationFilter,
  call: Pick<Call, 'explain'>,
): void {
  if (role === undefined && resultRole === undefined) return;
  const roles = rolesOf(schema, associationClass);
  for (const [what, name] of Object.entries({ Role: role, ResultRole: resultRole })) {
    if (name === undefined || roles.has(name)) continue;
    const near = nearestNames(name, Array.from(roles.keys()), MOST_NAMES);
    const about = near.map(
      (one) => new InstancePath({ namespace, className: roles.get(one) ?? '', keys: new NameMap() }),
    );
    const hint = near.length === 0 ? '' : `: did you mean ${near.join(' or ')}?`;
    call.explain(`no association has a reference ${name} (${what})${hint}`, about);
  }
}

/** The references of associations, each with the class that declares it. */
function rolesOf(schema: Schema, associationClass: string | undefined): NameMap<string> {
  const roles = new NameMap<string>();
  for (const one of associationClass === undefined ? schema.classes : schema.withSubclasses(associationClass)) {
    if (!one.isAssociation) continue;
    for (const { name, type, classOrigin } of one.properties.values())
      if (type.referenceClass !== undefined && !roles.has(name)) roles.set(name, classOrigin);
  }
  return roles;
}
