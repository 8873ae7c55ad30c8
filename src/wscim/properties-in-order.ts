import type { CimClass, CimProperty } from '../cim/model/cim-class.js';

const remembered = new WeakMap<CimClass, readonly CimProperty[]>();

/** The properties of a class in alphabetical order, as Windows writes them. */
export function propertiesInOrder(cimClass: CimClass): readonly CimProperty[] {
  let properties = remembered.get(cimClass);
  if (!properties) {
    const byName = [...cimClass.properties.values()].map(
      (property) => [property.name.toLowerCase(), property] as const,
    );
    properties = byName.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, property]) => property);
    remembered.set(cimClass, properties);
  }
  return properties;
}
