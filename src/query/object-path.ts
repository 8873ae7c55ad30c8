import { type CimKeyValue, InstancePath, sameNamespace } from '../cim/model/instance-path.js';
import { NameMap, sameName } from '../cim/model/name-map.js';
import { parseObjectPath } from '../cim/model/parse-object-path.js';
import { parseScalar } from '../cim/model/parse-scalar.js';
import { nameUnnamedKey } from '../cim/model/unnamed-key.js';
import type { Schema } from '../cim/schema/schema.js';
import { parseDateTime } from './parse-date-time.js';

/**
 * The path with its class and keys spelled as declared, and each key of its declared type, as far as the schema knows
 * the class and the text fits the type: a path with anything else names no object.
 */
export function typeObjectPath(path: InstancePath, schema: Schema): InstancePath {
  const cimClass = schema.findClass(path.className);
  if (!cimClass) return path;
  const named = nameUnnamedKey(
    path,
    cimClass.keys.map(({ name }) => name),
  );
  const { host, namespace, isSingleton } = path;
  const keys = new NameMap<CimKeyValue>();
  for (const [name, value] of typeof named === 'string' ? path.keys : named.keys) {
    const property = cimClass.properties.get(name);
    keys.set(property?.name ?? name, property ? typeKey(value, property.type.name, schema) : value);
  }
  return new InstancePath({ host, namespace, className: cimClass.name, keys, isSingleton });
}

function typeKey(value: CimKeyValue, type: Parameters<typeof parseScalar>[1], schema: Schema): CimKeyValue {
  if (typeof value === 'object') return value;
  const text = String(value);
  if (type === 'reference') {
    const path = parseObjectPath(text);
    return typeof path === 'string' ? value : typeObjectPath(path, schema);
  }
  return (type === 'datetime' ? parseDateTime(text) : parseScalar(text, type)) ?? value;
}

/** Class, keys and namespace are the same; a path without a namespace is one into `namespace`. */
export function sameObject(a: InstancePath, b: InstancePath, namespace = ''): boolean {
  if (!sameName(a.className, b.className) || a.canonicalKeys !== b.canonicalKeys) return false;
  return sameNamespace(a.namespace ?? namespace, b.namespace ?? namespace);
}
