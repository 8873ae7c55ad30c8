import type { CimClass } from '../cim/model/cim-class.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { elementType } from '../cim/model/cim-type.js';
import { isCimArray } from '../cim/model/cim-value.js';
import { sameName } from '../cim/model/name-map.js';
import type { Schema } from '../cim/schema/schema.js';
import type { PathStep, PropertyPathNode } from './ast/property-path-node.js';
import { invalidQuery } from './query-error.js';
import type { QueryScope, ResolvedProperty } from './query-scope.js';
import { resolveProperty } from './resolve-property.js';
import { instanceSystemProperties, type QueryPlace, type SystemProperty } from './system-property.js';

/**
 * The instances of a class and its subclasses. A path names a property of the class, an element of an array, a
 * property of an embedded instance, or a system property.
 *
 * @param selfNames names with which a path may begin and which mean the instance: the class and its alias in CQL
 */
export function instanceScope(
  cimClass: CimClass,
  schema: Schema,
  selfNames: readonly string[],
  place: QueryPlace,
): QueryScope<CimInstance> {
  const systemProperties = instanceSystemProperties(schema, place);
  const startsWithSelf = ({ steps: [first] }: PropertyPathNode) =>
    first.index === undefined && selfNames.some((name) => sameName(name, first.name));
  return {
    resolve: (path) => {
      const steps = path.steps.length > 1 && startsWithSelf(path) ? path.steps.slice(1) : path.steps;
      const [first] = steps;
      const system = first && systemProperties.get(first.name);
      if (system && steps.length === 1) return resolveSystemProperty(system, first, path);
      return resolveProperty(steps, path, cimClass, schema);
    },
    isA: ({ className }, name) => schema.isA(className, name),
    isSelf: (path) => path.steps.length === 1 && startsWithSelf(path),
  };
}

/** A system property, or an element of `__DERIVATION`. @throws CimError InvalidQuery */
export function resolveSystemProperty<T>(
  { name, type, read }: SystemProperty<T>,
  { index }: PathStep,
  { at }: PropertyPathNode,
): ResolvedProperty<T> {
  if (index === undefined) return { name, type, read, property: undefined };
  if (!type.array) throw invalidQuery(at, `${name} is not an array`);
  const readElement = (subject: T) => {
    const elements = read(subject);
    return isCimArray(elements) ? (elements[index] ?? null) : null;
  };
  return {
    name: `${name}[${index}]`,
    type: elementType(type),
    read: readElement,
    property: undefined,
  };
}
