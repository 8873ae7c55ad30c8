import { CimDateTime } from './cim-date-time.js';
import { CimInstance } from './cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from './cim-value.js';
import { InstancePath } from './instance-path.js';
import { NameMap, sameName } from './name-map.js';

/**
 * True when two values of one type are the same to the letter: strings with regard to case, arrays with regard to order,
 * embedded instances property by property, where one that is absent is NULL. References are the same when they name the
 * same object.
 *
 * @param namespace what a reference without a namespace means
 */
export function sameValue(a: CimValue, b: CimValue, namespace: string): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (!isCimArray(a) || !isCimArray(b)) return !isCimArray(a) && !isCimArray(b) && sameScalar(a, b, namespace);
  return a.length === b.length && a.every((element, index) => sameValue(element, b[index] ?? null, namespace));
}

function sameScalar(a: CimScalar, b: CimScalar, namespace: string): boolean {
  if (a instanceof InstancePath && b instanceof InstancePath) return within(a, namespace).equals(within(b, namespace));
  if (a instanceof CimDateTime && b instanceof CimDateTime) return a.toString() === b.toString();
  if (a instanceof CimInstance && b instanceof CimInstance) return sameInstance(a, b, namespace);
  return Object.is(a, b);
}

function sameInstance(a: CimInstance, b: CimInstance, namespace: string): boolean {
  if (!sameName(a.className, b.className)) return false;
  const names = new NameMap<true>();
  for (const { properties } of [a, b]) for (const name of properties.keys()) names.set(name, true);
  return [...names.keys()].every((name) => sameValue(a.get(name), b.get(name), namespace));
}

function within(path: InstancePath, namespace: string): InstancePath {
  return path.namespace === undefined ? path.inNamespace(namespace) : path;
}
