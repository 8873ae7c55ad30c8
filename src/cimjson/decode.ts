import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, describeType, elementType } from '../cim/model/cim-type.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { CimJsonError } from './cim-json-error.js';
import { decodePlain } from './decode-plain.js';
import { readType, TYPE_MEMBERS } from './decode-type.js';
import { placeOf, readList, readName, readObject, readOptional, readText, wrong } from './read-json.js';

/** A value with the type that came with it. */
export interface TypedCimValue {
  readonly type: CimType;
  readonly value: CimValue;
}

const PATH_MEMBERS: ReadonlySet<string> = new Set(['kind', 'host', 'namespace', 'class', 'keys']);
const INSTANCE_MEMBERS: ReadonlySet<string> = new Set(['kind', 'namespace', 'class', 'path', 'properties']);
const ELEMENT_MEMBERS: ReadonlySet<string> = new Set([...TYPE_MEMBERS, 'value']);

/** @param place of `json`, for messages @throws CimJsonError */
export function decodePath(json: unknown, place = ''): InstancePath {
  const object = readKind(json, 'path', place, PATH_MEMBERS);
  const keys = new NameMap<CimKeyValue>();
  const within = placeOf(place, 'keys');
  for (const [name, element] of entriesOf(object.keys ?? {}, within)) {
    const { value } = decodeElement(element, placeOf(within, name));
    if (value === null || isCimArray(value) || !isKeyValue(value))
      throw new CimJsonError(placeOf(within, name), 'NULL, an array or an instance is no value of a key');
    keys.set(name, value);
  }
  return new InstancePath({
    host: readOptional(readText, object, 'host', place),
    namespace: readOptional(readText, object, 'namespace', place),
    className: readName(object, 'class', place),
    keys,
  });
}

/**
 * An instance; its namespace is that of its path, and where there is no path it is dropped.
 *
 * @param place of `json`, for messages
 * @throws CimJsonError
 */
export function decodeInstance(json: unknown, place = ''): CimInstance {
  const object = readKind(json, 'instance', place, INSTANCE_MEMBERS);
  readOptional(readText, object, 'namespace', place);
  const path = object.path === undefined ? undefined : decodePath(object.path, placeOf(place, 'path'));
  const values = new NameMap<CimValue>();
  for (const [name, { value }] of decodeElements(object.properties ?? {}, placeOf(place, 'properties')))
    values.set(name, value);
  return new CimInstance(readName(object, 'class', place), values, path);
}

/**
 * Values by name.
 *
 * @param typeOf the type of an element that does not bring its own; without it, each must
 * @throws CimJsonError
 */
export function decodeElements(
  json: unknown,
  place = '',
  typeOf?: (name: string) => CimType | undefined,
): NameMap<TypedCimValue> {
  const elements = new NameMap<TypedCimValue>();
  for (const [name, element] of entriesOf(json, place))
    elements.set(name, decodeElement(element, placeOf(place, name), typeOf?.(name)));
  return elements;
}

/** @param known the type of an element that does not bring its own @throws CimJsonError */
export function decodeElement(json: unknown, place = '', known?: CimType): TypedCimValue {
  const object = readObject(json, place, ELEMENT_MEMBERS);
  const type = object.type === undefined && known ? known : readType(object, place);
  if (object.value === undefined) throw wrong(undefined, placeOf(place, 'value'), 'a value or null');
  return { type, value: decodeValue(object.value, type, placeOf(place, 'value')) };
}

/** A value alone, of a type that is known beside it. @throws CimJsonError */
export function decodeValue(json: unknown, type: CimType, place = ''): CimValue {
  if (json === null) return null;
  if (!type.array) return decodeScalar(json, type, place);
  const element = elementType(type);
  return readList(json, place).map((one, index) =>
    one === null ? null : decodeScalar(one, element, `${place}[${index}]`),
  );
}

function decodeScalar(json: unknown, type: CimType, place: string): CimScalar {
  if (type.embedded) return decodeInstance(json, place);
  if (type.name === 'reference') return decodePath(json, place);
  const value = decodePlain(json, type.name);
  if (value === undefined) throw wrong(json, place, `a ${describeType(type)}`);
  return value;
}

/** An object that says to be of this kind, with these members alone. @throws CimJsonError */
export function readKind(json: unknown, kind: string, place: string, members: ReadonlySet<string>) {
  const object = readObject(json, place);
  if (object.kind !== kind) throw wrong(object.kind, placeOf(place, 'kind'), `'${kind}'`);
  return readObject(object, place, members);
}

/** Members by name; two that differ in letter case alone are one name of CIM. */
export function* entriesOf(json: unknown, place: string): IterableIterator<readonly [string, unknown]> {
  const seen = new NameMap<true>();
  for (const [name, value] of Object.entries(readObject(json, place))) {
    if (name === '') throw new CimJsonError(place, 'a name is empty');
    if (seen.has(name)) throw new CimJsonError(placeOf(place, name), `${seen.spelling(name)} stands there already`);
    seen.set(name, true);
    yield [name, value];
  }
}
