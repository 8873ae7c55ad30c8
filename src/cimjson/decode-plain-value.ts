import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, describeType, elementType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { CimJsonError } from './cim-json-error.js';
import { entriesOf } from './decode.js';
import { decodePlain } from './decode-plain.js';
import type { TypedClass } from './encode.js';
import { placeOf, readList, readName, readObject, readOptional, readText, wrong } from './read-json.js';

/** The class of that name; undefined for one that there is not. */
export type FindClass = (className: string) => TypedClass | undefined;

/**
 * A value in the form without types that people write (docs/json.md), read by the type that is declared for it: a path is
 * `{ class, keys: { Id: 7 } }`, an embedded instance `{ class, properties: { … } }`. A 64-bit integer may be a number as long as that is
 * exact.
 *
 * @param place of `json`, for messages
 * @throws CimJsonError
 */
export function decodePlainValue(json: unknown, type: CimType, findClass: FindClass, place = ''): CimValue {
  if (json === null) return null;
  if (!type.array) return decodeScalar(json, type, findClass, place);
  const element = elementType(type);
  return readList(json, place).map((one, index) =>
    one === null ? null : decodeScalar(one, element, findClass, `${place}[${index}]`),
  );
}

function decodeScalar(json: unknown, type: CimType, findClass: FindClass, place: string): CimScalar {
  if (type.embedded) return decodeInstance(json, findClass, place);
  if (type.name === 'reference') return decodePath(json, findClass, place);
  const isLong = type.name === 'uint64' || type.name === 'sint64';
  const exact = isLong && Number.isSafeInteger(json) ? String(json) : json;
  const value = decodePlain(exact, type.name);
  if (value === undefined) throw wrong(json, place, `a ${describeType(type)}`);
  return value;
}

const PATH_MEMBERS: ReadonlySet<string> = new Set(['kind', 'host', 'namespace', 'class', 'keys']);
const INSTANCE_MEMBERS: ReadonlySet<string> = new Set(['kind', 'class', 'properties']);

function decodePath(json: unknown, findClass: FindClass, place: string): InstancePath {
  const object = readObject(json, place, PATH_MEMBERS);
  const className = readName(object, 'class', place);
  const within = placeOf(place, 'keys');
  const keys = new NameMap<CimKeyValue>();
  for (const [name, one] of entriesOf(object.keys ?? {}, within)) {
    const value = decodeMember(className, name, one, findClass, within);
    if (value === null || isCimArray(value) || !isKeyValue(value))
      throw new CimJsonError(placeOf(within, name), 'NULL, an array or an instance is no value of a key');
    keys.set(name, value);
  }
  const namespace = readOptional(readText, object, 'namespace', place);
  return new InstancePath({ host: readOptional(readText, object, 'host', place), namespace, className, keys });
}

function decodeInstance(json: unknown, findClass: FindClass, place: string): CimInstance {
  const object = readObject(json, place, INSTANCE_MEMBERS);
  const className = readName(object, 'class', place);
  const within = placeOf(place, 'properties');
  const values = new NameMap<CimValue>();
  for (const [name, one] of entriesOf(object.properties ?? {}, within))
    values.set(name, decodeMember(className, name, one, findClass, within));
  return new CimInstance(className, values);
}

function decodeMember(className: string, name: string, json: unknown, findClass: FindClass, place: string): CimValue {
  const declared = findClass(className)?.properties;
  if (declared === undefined) throw new CimJsonError(place, `there is no class ${className}`);
  const type = declared.get(name)?.type;
  if (type === undefined) throw new CimJsonError(placeOf(place, name), `class ${className} has no such property`);
  return decodePlainValue(json, type, findClass, placeOf(place, name));
}
