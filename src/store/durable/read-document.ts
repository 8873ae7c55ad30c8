import { CimDateTime } from '../../cim/model/cim-date-time.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimScalar, CimValue } from '../../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { InstanceJson, Json, PathJson, TaggedJson } from './document-form.js';
import { readClass } from './read-class.js';

/**
 * The instance that `writeDocument` wrote.
 *
 * @throws SyntaxError, RangeError or TypeError for what it did not write
 */
export function readDocument(document: string): CimInstance {
  return readInstance(JSON.parse(document) as InstanceJson);
}

function readInstance(json: InstanceJson): CimInstance {
  const [className, path] = json;
  if (!Array.isArray(json) || typeof className !== 'string') throw new TypeError('not the document of an instance');
  const properties = readNamed<CimValue>(className, json, 2, readValue);
  return new CimInstance(className, properties, path === null ? undefined : readPath(path as PathJson));
}

function readPath(json: PathJson): InstancePath {
  const [host, namespace, className, isSingleton] = json;
  return new InstancePath({
    host: host ?? undefined,
    namespace: namespace ?? undefined,
    className,
    // No key is NULL.
    keys: readNamed<CimKeyValue>(`${className}.`, json, 4, (value) => readScalar(value as string) as CimKeyValue),
    isSingleton: isSingleton === 1,
  });
}

/** Names of properties as they were found last, by class: the next instance of it nearly always has the same. */
const known = new Map<string, NameMap<unknown>>();
const MAX_KNOWN = 4096;

/** Maps with the same names share what finds them. */
function readNamed<V>(className: string, json: readonly Json[], from: number, read: (value: Json) => V): NameMap<V> {
  const like = known.get(className);
  const size = (json.length - from) / 2;
  const values: V[] = [];
  for (let at = from + 1; at < json.length; at += 2) values.push(read(json[at] as Json));
  if (like?.size === size && hasNames(like, json, from)) return like.withValues(values);
  const map = new NameMap<V>();
  for (let at = 0; at < size; at += 1) map.set(json[from + 2 * at] as string, values[at] as V);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(className, map.withValues(values.map(() => undefined)));
  return map;
}

function hasNames(like: NameMap<unknown>, json: readonly Json[], from: number): boolean {
  let at = from;
  for (const [name] of like) {
    if (json[at] !== name) return false;
    at += 2;
  }
  return true;
}

function readValue(json: Json): CimValue {
  if (json === null) return null;
  return isList(json) ? json.map((one) => (one === null ? null : readScalar(one))) : readScalar(json);
}

function readScalar(json: Json): CimScalar {
  if (json === null || isList(json)) throw new TypeError('not a single value of a document');
  return typeof json === 'object' ? readTagged(json) : json;
}

function readTagged(json: TaggedJson): CimScalar {
  if ('n' in json) return BigInt(json.n);
  if ('d' in json) return CimDateTime.parse(json.d);
  if ('p' in json) return readPath(json.p);
  if ('i' in json) return readInstance(json.i);
  if ('r' in json) return Number(json.r);
  if ('c' in json) return readClass(json.c, readScalar);
  throw new TypeError('not a value of a document');
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}
