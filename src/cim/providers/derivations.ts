import type { DerivedValue } from '../contracts/provider.js';
import { type CimProperty, lineage } from '../model/cim-class.js';
import { foldName, NameMap } from '../model/name-map.js';
import type { Schema } from '../schema/schema.js';
import type { ClassProvider } from './join-providers.js';

/** A property whose value is made when it is read. */
export interface Derivation {
  readonly property: CimProperty;
  readonly derive: DerivedValue;
}

const NONE: NameMap<Derivation> = new NameMap();

/** Which properties of which classes are derived, in one namespace. */
export interface Derivations {
  /** No class has any. */
  readonly isEmpty: boolean;
  /** Those of a class: its own, and those of its superclasses that it does not derive otherwise. */
  of(className: string): NameMap<Derivation>;
}

/** What a class has is looked for when it is first asked for: most classes of a schema never are. */
export function createDerivations(schema: Schema, providers: NameMap<ClassProvider>): Derivations {
  let isEmpty = true;
  for (const [, { derived }] of providers) if (derived.size > 0) isEmpty = false;
  const known = new Map<string, NameMap<Derivation>>();
  return {
    isEmpty,
    of(className) {
      if (isEmpty) return NONE;
      const folded = foldName(className);
      let found = known.get(folded);
      if (!found) {
        found = find(schema, providers, className);
        known.set(folded, found);
      }
      return found;
    },
  };
}

function find(schema: Schema, providers: NameMap<ClassProvider>, className: string): NameMap<Derivation> {
  const cimClass = schema.findClass(className);
  if (!cimClass) return NONE;
  const found = new NameMap<Derivation>();
  for (const { name } of lineage(cimClass)) {
    for (const [propertyName, { derive }] of providers.get(name)?.derived ?? []) {
      // A schema of somebody's own may lack what a built-in provider derives.
      const property = cimClass.properties.get(propertyName);
      if (property && !found.has(propertyName)) found.set(property.name, { property, derive });
    }
  }
  return found.size === 0 ? NONE : found;
}
