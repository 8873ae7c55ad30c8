import type { CimType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { NameMap } from '../cim/model/name-map.js';
import type { QualifierFlavor } from '../cim/schema/class-declaration.js';
import type { JsonFlavor } from './cim-json-types.js';
import type {
  ClassData,
  ElementData,
  MethodData,
  ParameterData,
  PropertyData,
  QualifierTypeData,
} from './class-data.js';
import { decodeElement, decodeValue, entriesOf, readKind } from './decode.js';
import { readType, TYPE_MEMBERS } from './decode-type.js';
import {
  type JsonObject,
  placeOf,
  readFlag,
  readList,
  readName,
  readObject,
  readOptional,
  readText,
  wrong,
} from './read-json.js';

const CLASS_MEMBERS: ReadonlySet<string> = new Set([
  ...['kind', 'namespace', 'name', 'superclass', 'derivation', 'qualifiers', 'properties', 'methods'],
]);
const DECLARED = [...TYPE_MEMBERS, 'arraySize', 'qualifiers'];
const PARAMETER_MEMBERS: ReadonlySet<string> = new Set(DECLARED);
const PROPERTY_MEMBERS: ReadonlySet<string> = new Set([...DECLARED, 'value', 'origin', 'propagated']);
const METHOD_MEMBERS: ReadonlySet<string> = new Set([...DECLARED, 'origin', 'propagated', 'parameters']);
const FLAVORS: ReadonlySet<unknown> = new Set<JsonFlavor>(['DisableOverride', 'Restricted', 'Translatable']);

/** A class and the namespace that it says to be of. */
export interface DecodedClass extends ClassData {
  readonly namespace: string | undefined;
}

/** @param place of `json`, for messages @throws CimJsonError */
export function decodeClass(json: unknown, place = ''): DecodedClass {
  const object = readKind(json, 'class', place, CLASS_MEMBERS);
  const derivation = readList(object.derivation ?? [], placeOf(place, 'derivation'));
  return {
    name: readName(object, 'name', place),
    namespace: readOptional(readText, object, 'namespace', place),
    superclass: readOptional(readName, object, 'superclass', place),
    derivation: derivation.map((name, index) => {
      if (typeof name !== 'string')
        throw wrong(name, `${placeOf(place, 'derivation')}[${index}]`, 'the name of a class');
      return name;
    }),
    ...decodeQualifiers(object, place),
    properties: decodeMembers(object, 'properties', place, decodeProperty),
    methods: decodeMembers(object, 'methods', place, decodeMethod),
  };
}

function decodeProperty(name: string, json: unknown, place: string): PropertyData {
  const object = readObject(json, place, PROPERTY_MEMBERS);
  const type = readDeclaredType(object, place);
  return {
    name,
    type,
    defaultValue: object.value === undefined ? undefined : decodeValue(object.value, type, placeOf(place, 'value')),
    ...decodeFeature(object, place),
  };
}

function decodeMethod(name: string, json: unknown, place: string): MethodData {
  const object = readObject(json, place, METHOD_MEMBERS);
  return {
    name,
    returnType: readDeclaredType(object, place),
    parameters: decodeMembers(object, 'parameters', place, decodeParameter),
    ...decodeFeature(object, place),
  };
}

function decodeParameter(name: string, json: unknown, place: string): ParameterData {
  const object = readObject(json, place, PARAMETER_MEMBERS);
  return { name, type: readDeclaredType(object, place), ...decodeQualifiers(object, place) };
}

function decodeFeature(object: JsonObject, place: string) {
  return {
    classOrigin: readOptional(readName, object, 'origin', place),
    propagated: readFlag(object, 'propagated', place),
    ...decodeQualifiers(object, place),
  };
}

function readDeclaredType(object: JsonObject, place: string): CimType {
  const type = readType(object, place);
  const size = object.arraySize;
  if (size === undefined) return type;
  if (!type.array || !Number.isSafeInteger(size) || Number(size) < 1)
    throw wrong(size, placeOf(place, 'arraySize'), 'the length of an array');
  return { ...type, array: { ...type.array, size: Number(size) } };
}

function decodeQualifiers(object: JsonObject, place: string): Pick<ElementData, 'qualifiers' | 'qualifierTypes'> {
  const qualifiers = new NameMap<CimValue>();
  const qualifierTypes = new NameMap<QualifierTypeData>();
  const within = placeOf(place, 'qualifiers');
  for (const [name, json] of entriesOf(object.qualifiers ?? {}, within)) {
    const at = placeOf(within, name);
    const { flavors = [], ...element } = readObject(json, at);
    const { type, value } = decodeElement(element, at);
    qualifiers.set(name, value);
    qualifierTypes.set(name, { type, flavor: decodeFlavors(flavors, placeOf(at, 'flavors')) });
  }
  return { qualifiers, qualifierTypes };
}

function decodeFlavors(json: unknown, place: string): QualifierFlavor {
  const flavors = readList(json, place);
  for (const [index, flavor] of flavors.entries())
    if (!FLAVORS.has(flavor)) throw wrong(flavor, `${place}[${index}]`, [...FLAVORS].join(', '));
  return {
    overridable: !flavors.includes('DisableOverride'),
    toSubclass: !flavors.includes('Restricted'),
    translatable: flavors.includes('Translatable'),
  };
}

function decodeMembers<T>(
  object: JsonObject,
  member: string,
  place: string,
  decode: (name: string, json: unknown, place: string) => T,
): NameMap<T> {
  const decoded = new NameMap<T>();
  const within = placeOf(place, member);
  for (const [name, json] of entriesOf(object[member] ?? {}, within))
    decoded.set(name, decode(name, json, placeOf(within, name)));
  return decoded;
}
