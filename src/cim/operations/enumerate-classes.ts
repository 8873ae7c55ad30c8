import type { CimClass } from '../cim-class.js';
import type { Schema } from '../schema.js';

/** Which classes EnumerateClasses returns (DSP0223 §7.4.19). */
export interface ClassSelection {
  /** The subclasses of this class; of no class, which are the roots, when absent. The class itself is never among them. */
  readonly className?: string | undefined;
  /** Subclasses at any distance, not only the direct ones. */
  readonly deep: boolean;
}

/** EnumerateClasses: every class after its superclass. @throws CimError InvalidClass */
export function enumerateClasses(schema: Schema, { className, deep }: ClassSelection): readonly CimClass[] {
  if (className === undefined) {
    const roots: CimClass[] = [];
    for (const { name, superclassName } of schema.declarations) {
      if (superclassName === undefined) roots.push(schema.getClass(name));
    }
    return deep ? roots.flatMap(({ name }) => [...schema.withSubclasses(name)]) : roots;
  }
  const { name } = schema.getClass(className);
  return deep ? [...schema.withSubclasses(name)].slice(1) : schema.childrenOf(name);
}
