import type { ClassSelection } from '../contracts/cim-operation.js';
import type { CimClass } from '../model/cim-class.js';
import type { Schema } from '../schema/schema.js';

/** EnumerateClasses: every class after its superclass. @throws CimError InvalidClass */
export function enumerateClasses(
  schema: Schema,
  { className, deep, inclusive = false }: ClassSelection,
): readonly CimClass[] {
  if (className === undefined) {
    const roots: CimClass[] = [];
    for (const { name, superclassName } of schema.declarations) {
      if (superclassName === undefined) roots.push(schema.getClass(name));
    }
    return deep ? roots.flatMap(({ name }) => [...schema.withSubclasses(name)]) : roots;
  }
  const cimClass = schema.getClass(className);
  const below = deep ? [...schema.withSubclasses(cimClass.name)].slice(1) : schema.childrenOf(cimClass.name);
  return inclusive ? [cimClass, ...below] : below;
}
