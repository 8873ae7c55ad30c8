import type { AssociationFilter } from '../contracts/cim-operation.js';
import type { CimClass } from '../model/cim-class.js';
import { sameName } from '../model/name-map.js';
import type { Schema } from '../schema/schema.js';
import { acceptAssociation } from './accept-association.js';

/**
 * References of a class (DSP0200 §5.3.2.16): the associations whose declaration has a reference that instances of the class
 * may stand in, in the order of their declaration.
 *
 * @throws CimError InvalidClass
 */
export function referenceClasses(schema: Schema, className: string, filter: AssociationFilter): readonly CimClass[] {
  const found = new Set<CimClass>();
  for (const { association } of referencesTo(schema, className, filter)) found.add(association);
  return [...found];
}

/**
 * Associators of a class (DSP0200 §5.3.2.14): the classes that those associations name at their other ends, each once.
 *
 * @throws CimError InvalidClass
 */
export function associatorClasses(schema: Schema, className: string, filter: AssociationFilter): readonly CimClass[] {
  const { resultClass, resultRole } = filter;
  const found = new Set<CimClass | undefined>();
  for (const { association, role } of referencesTo(schema, className, filter)) {
    for (const { name, type } of association.properties.values()) {
      if (type.referenceClass === undefined || name === role) continue;
      if (resultRole !== undefined && !sameName(resultRole, name)) continue;
      if (resultClass !== undefined && !schema.isA(type.referenceClass, resultClass)) continue;
      found.add(schema.findClass(type.referenceClass));
    }
  }
  // A reference to anything names no class.
  return [...found].filter((each) => each !== undefined);
}

interface ReferenceTo {
  readonly association: CimClass;
  /** Name of the reference property. */
  readonly role: string;
}

function* referencesTo(schema: Schema, className: string, filter: AssociationFilter): IterableIterator<ReferenceTo> {
  const { associationClass, role } = filter;
  const accepts = acceptAssociation(schema, filter);
  const { name: source } = schema.getClass(className);
  const candidates = associationClass === undefined ? schema.classes : schema.withSubclasses(associationClass);
  for (const association of candidates) {
    if (!association.isAssociation || accepts?.(association.name) === false) continue;
    for (const { name, type } of association.properties.values()) {
      if (type.referenceClass === undefined || !schema.isA(source, type.referenceClass)) continue;
      if (role === undefined || sameName(role, name)) yield { association, role: name };
    }
  }
}
