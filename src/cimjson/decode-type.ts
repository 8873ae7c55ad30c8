import { ANY_CLASS, type CimType, type CimTypeName, integerRanges, plainType } from '../cim/model/cim-type.js';
import { type JsonObject, placeOf, readFlag, readName, readOptional, readText, wrong } from './read-json.js';

/** The members by which a type is told. */
export const TYPE_MEMBERS: readonly string[] = ['type', 'array', 'class'];

const names: ReadonlySet<string> = new Set<CimTypeName>([
  ...(Object.keys(integerRanges) as (keyof typeof integerRanges)[]),
  ...(['boolean', 'real32', 'real64', 'char16', 'string', 'datetime', 'reference'] as const),
]);

/** The type that the members of an object tell. @throws CimJsonError */
export function readType(object: JsonObject, place: string): CimType {
  const name = readText(object, 'type', place);
  const array = readFlag(object, 'array', place) ? ({ kind: 'Bag', size: undefined } as const) : undefined;
  const className = readOptional(readName, object, 'class', place);
  if (name === 'instance') {
    const embedded =
      className === undefined ? ({ kind: 'object' } as const) : ({ kind: 'instance', className } as const);
    return { ...plainType('string', array), embedded };
  }
  if (!isTypeName(name)) throw wrong(name, placeOf(place, 'type'), "the name of a type in lower case or 'instance'");
  if (name === 'reference') return { ...plainType(name, array), referenceClass: className ?? ANY_CLASS };
  if (className !== undefined) throw wrong(className, placeOf(place, 'class'), `nothing beside ${name}`);
  return plainType(name, array);
}

function isTypeName(name: string): name is CimTypeName {
  return names.has(name);
}
