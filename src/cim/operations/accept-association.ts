import type { AssociationFilter } from '../contracts/cim-operation.js';
import { foldName } from '../model/name-map.js';
import type { Schema } from '../schema/schema.js';

/** What a filter says of associations by their class; undefined when any will do. A qualifier counts when it is in force and not FALSE. */
export function acceptAssociation(
  schema: Schema,
  { associationQualifier, onlyAssociations }: AssociationFilter,
): ((className: string) => boolean) | undefined {
  const only = onlyAssociations && new Set(onlyAssociations.map(foldName));
  if (associationQualifier === undefined) return only && ((className) => only.has(foldName(className)));
  return (className) => {
    if (only && !only.has(foldName(className))) return false;
    const qualifier = schema.findClass(className)?.qualifiers.get(associationQualifier);
    return qualifier !== undefined && qualifier.value !== false;
  };
}
