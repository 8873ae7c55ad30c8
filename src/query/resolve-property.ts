import type { CimClass, CimProperty } from '../cim/model/cim-class.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, describeType, elementType } from '../cim/model/cim-type.js';
import { type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { foldName } from '../cim/model/name-map.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import type { Schema } from '../cim/schema/schema.js';
import type { PathStep, PropertyPathNode } from './ast/property-path-node.js';
import { invalidQuery } from './query-error.js';
import type { ResolvedProperty } from './query-scope.js';

/**
 * Finds the property that some names of a path mean, beginning at instances of a class.
 *
 * @param steps the names left when what stands for the object itself is taken away
 * @throws CimError InvalidQuery when a name is unknown, or a property has no elements or properties as the path wants
 */
export function resolveProperty(
  steps: readonly PathStep[],
  { at }: PropertyPathNode,
  from: CimClass,
  schema: Schema,
): ResolvedProperty<CimInstance> {
  let place: Place = { name: '', type: undefined, cimClass: from };
  let first: CimProperty | undefined;
  const reads: ((value: CimValue) => CimValue)[] = [];
  for (const step of steps) {
    const property = findProperty(step, place, at, schema);
    first ??= property;
    place = enter(step, property, place.name, at, schema);
    reads.push(readStep(step));
  }
  const isWhole = steps.length === 1 && steps[0]?.index === undefined;
  const { name, type } = place;
  return { name, type, read: joined(reads), property: isWhole ? first : undefined };
}

/** How far a path has been followed; the class is undefined when only values tell it. */
interface Place {
  readonly name: string;
  readonly type: CimType | undefined;
  readonly cimClass: CimClass | undefined;
}

/** Undefined when the class is not known, or only subclasses of an embedded instance's class have the property. */
function findProperty({ name }: PathStep, place: Place, at: number, schema: Schema): CimProperty | undefined {
  const { cimClass, type } = place;
  if (place.name !== '' && type && !type.embedded) {
    throw invalidQuery(at, `${place.name} (${describeType(type)}) has no properties`);
  }
  if (type?.array)
    throw invalidQuery(at, `${place.name} is an array; one of its elements, such as [0], has properties`);
  if (!cimClass) return undefined;
  const found = cimClass.properties.get(name);
  if (found || (type?.embedded && inSubclass(name, cimClass, schema))) return found;
  const error = invalidQuery(at, `class ${cimClass.name} has no property '${shorten(name, 80)}'`);
  throw aboutName(error, { kind: 'property', name, cimClass });
}

function inSubclass(name: string, cimClass: CimClass, schema: Schema): boolean {
  return [...schema.withSubclasses(cimClass.name)].some(({ properties }) => properties.has(name));
}

function enter(step: PathStep, property: CimProperty | undefined, before: string, at: number, schema: Schema): Place {
  const { index } = step;
  const own = property?.name ?? step.name;
  const name = `${before && `${before}.`}${own}${index === undefined ? '' : `[${index}]`}`;
  const declared = property?.type;
  if (index !== undefined && declared && !declared.array) throw invalidQuery(at, `${own} is not an array`);
  const type = declared && index !== undefined ? elementType(declared) : declared;
  const { embedded } = type ?? {};
  return { name, type, cimClass: embedded?.kind === 'instance' ? schema.findClass(embedded.className) : undefined };
}

function readStep({ name, index }: PathStep): (value: CimValue) => CimValue {
  // Folded once here, a name costs nothing to fold at each look-up.
  const folded = foldName(name);
  if (index === undefined) return (value) => (value instanceof CimInstance ? value.get(folded) : null);
  return (value) => {
    const elements = value instanceof CimInstance ? value.get(folded) : null;
    return isCimArray(elements) ? (elements[index] ?? null) : null;
  };
}

function joined(reads: readonly ((value: CimValue) => CimValue)[]): (value: CimValue) => CimValue {
  const [only, ...more] = reads;
  if (only && more.length === 0) return only;
  return (value) => reads.reduce((current, read) => read(current), value);
}
