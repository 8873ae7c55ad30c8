import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { ANY_CLASS, type CimType, type CimTypeName, plainType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { JsonType } from './cim-json-types.js';

/** Those of declared types; a class has as many as properties, and instances by the thousand. */
const written = new WeakMap<CimType, JsonType>();

/** A type as JSON writes it. */
export function jsonTypeOf(type: CimType): JsonType {
  let json = written.get(type);
  if (json === undefined) {
    json = writeType(type);
    written.set(type, json);
  }
  return json;
}

function writeType(type: CimType): JsonType {
  const { name, array, embedded, referenceClass } = type;
  const declaredClass = embedded?.kind === 'instance' ? embedded.className : referenceClass;
  return {
    // Embedded instances are declared as strings, and are none.
    type: embedded ? 'instance' : name,
    ...(array && { array: true as const }),
    ...(declaredClass && declaredClass !== ANY_CLASS && { class: declaredClass }),
  };
}

/**
 * The type that a value tells of itself where nobody declares one: the smallest of sint32, uint32 and real64 for a number, sint64 or
 * uint64 for a bigint, string for a char16 and for NULL.
 *
 * @returns undefined for an array whose elements have no type in common
 */
export function naturalType(value: CimValue): CimType | undefined {
  if (!isCimArray(value)) return value === null ? plainType('string') : scalarType([value]);
  const elements = value.filter((element) => element !== null);
  const type = elements.length === 0 ? plainType('string') : scalarType(elements);
  return type && { ...type, array: { kind: 'Bag', size: undefined } };
}

function scalarType(values: readonly CimScalar[]): CimType | undefined {
  const every = (test: (value: CimScalar) => boolean) => values.every(test);
  if (every((value) => value instanceof InstancePath)) return { ...plainType('reference'), referenceClass: ANY_CLASS };
  if (every(isEmbedded)) return { ...plainType('string'), embedded: { kind: 'object' } };
  const name = plainName(every);
  return name && plainType(name);
}

function isEmbedded(value: CimScalar): boolean {
  if (value instanceof CimInstance) return true;
  return typeof value === 'object' && !(value instanceof InstancePath) && !(value instanceof CimDateTime);
}

function plainName(every: (test: (value: CimScalar) => boolean) => boolean): CimTypeName | undefined {
  if (every((value) => typeof value === 'string')) return 'string';
  if (every((value) => typeof value === 'boolean')) return 'boolean';
  if (every((value) => value instanceof CimDateTime)) return 'datetime';
  if (every((value) => typeof value === 'bigint')) return every((value) => Number(value) >= 0) ? 'uint64' : 'sint64';
  if (!every((value) => typeof value === 'number')) return undefined;
  if (every((value) => Object.is(value, Number(value) | 0))) return 'sint32';
  return every((value) => Object.is(value, Number(value) >>> 0)) ? 'uint32' : 'real64';
}
