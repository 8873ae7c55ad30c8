import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import type { Json } from './cim-json-types.js';
import { encodeSimple } from './encode.js';

/**
 * A value in the form of docs/json.md without its type: what a person writes and reads. A path is
 * `{ kind, namespace, class, keys: { Id: 7 } }`, an embedded instance `{ kind, class, properties: { … } }`, a class its name.
 */
export function plainValue(value: CimValue): Json {
  if (isCimArray(value)) return value.map((one) => (one === null ? null : plainScalar(one)));
  return value === null ? null : plainScalar(value);
}

/** Values by name. */
export function plainValues(values: Iterable<readonly [string, CimValue]>): Readonly<Record<string, Json>> {
  const plain: Record<string, Json> = {};
  for (const [name, value] of values) {
    // Assigned to, `__proto__` would not become a member.
    if (name === '__proto__')
      Object.defineProperty(plain, name, { value: plainValue(value), enumerable: true, configurable: true });
    else plain[name] = plainValue(value);
  }
  return plain;
}

function plainScalar(value: CimScalar): Json {
  if (typeof value !== 'object') return encodeSimple(value);
  if (value instanceof CimDateTime) return value.toString();
  if (value instanceof InstancePath) return plainPath(value);
  if (value instanceof CimInstance)
    return { kind: 'instance', class: value.className, properties: plainValues(value.properties) };
  return { kind: 'class', name: value.name };
}

function plainPath({ namespace, className, keys }: InstancePath): Json {
  return { kind: 'path', ...(namespace !== undefined && { namespace }), class: className, keys: plainValues(keys) };
}
