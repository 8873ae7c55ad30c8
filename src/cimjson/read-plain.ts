import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, elementType, plainType } from '../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';
import { NameMap } from '../cim/model/name-map.js';
import { parseInstancePath } from '../cim/model/parse-instance-path.js';
import { parseXmlDateTime } from '../cim/model/parse-xml-date-time.js';
import { nearestName } from '../strings/nearest-name.js';
import { CimJsonError } from './cim-json-error.js';
import { decodeElement, decodeValue, entriesOf, readKind } from './decode.js';
import { placeOf, readList, readName, readOptional, readText, wrong } from './read-json.js';

/** The declared types of names: properties of a class, or parameters of a method. */
export type DeclaredTypes = NameMap<{ readonly name: string; readonly type: CimType }>;

/** The properties of a class that values of embedded instances are read by; undefined where nothing is known of it. */
export type FindDeclared = (className: string) => DeclaredTypes | undefined;

const PATH_MEMBERS: ReadonlySet<string> = new Set(['kind', 'host', 'namespace', 'class', 'keys']);
const INSTANCE_MEMBERS: ReadonlySet<string> = new Set(['kind', 'namespace', 'class', 'path', 'properties']);

/**
 * Values by name, as people write them: plain, of the type that is declared, or with their type (docs/json.md). A 64-bit integer may
 * be a number, a datetime ISO 8601, a path its text.
 *
 * @param what the names are of: `LAB_Fan has no property`
 * @throws CimJsonError with the nearest name for one that is not declared
 */
export function readPlainValues(
  json: unknown,
  declared: DeclaredTypes,
  what: string,
  place = '',
  findDeclared?: FindDeclared,
): NameMap<CimValue> {
  const values = new NameMap<CimValue>();
  for (const [name, value] of entriesOf(json, place)) {
    const found = declared.get(name);
    if (found === undefined) {
      const nearest = nearestName(name, declared.keys());
      const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
      throw new CimJsonError(placeOf(place, name), `${what} '${name}'${hint}`, nearest);
    }
    values.set(found.name, readPlainValue(value, found.type, placeOf(place, name), findDeclared));
  }
  return values;
}

/** One value of a declared type. @throws CimJsonError */
export function readPlainValue(json: unknown, type: CimType, place = '', findDeclared?: FindDeclared): CimValue {
  if (json === null) return null;
  if (isElement(json)) return decodeElement(json, place, type).value;
  if (!type.array) return readScalar(json, type, place, findDeclared);
  const element = elementType(type);
  return readList(json, place).map((one, index) =>
    one === null ? null : readScalar(one, element, `${place}[${index}]`, findDeclared),
  );
}

/**
 * A path: its text, or the object of docs/json.md, whose keys may be plain.
 *
 * @throws CimJsonError
 */
export function readPlainPath(json: unknown, place = '', findDeclared?: FindDeclared): InstancePath {
  if (typeof json === 'string') return pathOfText(json, place);
  const object = readKind(json, 'path', place, PATH_MEMBERS);
  const className = readName(object, 'class', place);
  const declared = findDeclared?.(className);
  const keys = new NameMap<CimKeyValue>();
  const within = placeOf(place, 'keys');
  for (const [name, value] of entriesOf(object.keys ?? {}, within)) {
    const at = placeOf(within, name);
    const key = readPlainValue(value, declared?.get(name)?.type ?? typeOf(value), at, findDeclared);
    if (!isKeyValue(key)) throw new CimJsonError(at, 'NULL, an array or an instance is no value of a key');
    keys.set(name, key);
  }
  const host = readOptional(readText, object, 'host', place);
  return new InstancePath({ host, namespace: readOptional(readText, object, 'namespace', place), className, keys });
}

function readScalar(json: unknown, type: CimType, place: string, findDeclared?: FindDeclared): CimScalar {
  if (type.embedded) return readEmbedded(json, place, findDeclared);
  if (type.name === 'reference') return readPlainPath(json, place, findDeclared);
  const read = decodeValue(lenient(json, type), type, place);
  if (read === null || Array.isArray(read)) throw wrong(json, place, 'a single value');
  return read as CimScalar;
}

/** What JSON says in another way than docs/json.md: a 64-bit integer as a number that holds it, a datetime as ISO 8601. */
function lenient(json: unknown, { name }: CimType): unknown {
  if ((name === 'uint64' || name === 'sint64') && Number.isSafeInteger(json)) return String(json);
  if (name === 'datetime' && typeof json === 'string') return parseXmlDateTime(json)?.toString() ?? json;
  return json;
}

function readEmbedded(json: unknown, place: string, findDeclared?: FindDeclared): CimInstance {
  const object = readKind(json, 'instance', place, INSTANCE_MEMBERS);
  const className = readName(object, 'class', place);
  const declared = findDeclared?.(className);
  const within = placeOf(place, 'properties');
  if (declared)
    return new CimInstance(
      className,
      readPlainValues(object.properties ?? {}, declared, `class ${className} has no property`, within, findDeclared),
    );
  const values = new NameMap<CimValue>();
  for (const [name, value] of entriesOf(object.properties ?? {}, within))
    values.set(name, readPlainValue(value, typeOf(value), placeOf(within, name)));
  return new CimInstance(className, values);
}

function pathOfText(text: string, place: string): InstancePath {
  try {
    return parseInstancePath(text);
  } catch (error) {
    throw new CimJsonError(place, (error as Error).message);
  }
}

/** A value beside its type, and no path or instance. */
function isElement(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'value' in json && !('kind' in json);
}

/** The type that a plain value tells itself where nobody declares one. */
function typeOf(json: unknown): CimType {
  if (Array.isArray(json)) {
    const first: unknown = json.find((one) => one !== null);
    return { ...typeOf(first), array: { kind: 'Bag', size: undefined } };
  }
  if (typeof json === 'boolean') return plainType('boolean');
  if (typeof json === 'number') return plainType(Number.isInteger(json) ? integerName(json) : 'real64');
  if (typeof json !== 'object' || json === null) return plainType('string');
  if ('kind' in json && json.kind === 'path') return { ...plainType('reference'), referenceClass: undefined };
  return { ...plainType('string'), embedded: { kind: 'object' } };
}

function integerName(value: number): 'sint32' | 'uint32' | 'sint64' {
  if (Object.is(value, value | 0)) return 'sint32';
  return Object.is(value, value >>> 0) ? 'uint32' : 'sint64';
}
