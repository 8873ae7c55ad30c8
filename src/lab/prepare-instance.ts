import type { Namespace, Namespaces } from '../cim/contracts/namespaces.js';
import { isLoadedMark } from '../cim/loaded-mark.js';
import { booleanQualifier, type CimClass } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { sameName } from '../cim/model/name-map.js';
import { checkLength, checkProperty, getProperty } from '../cim/operations/check-property.js';
import { getCreatableClass, keysOf } from '../cim/operations/create-instance.js';
import { NAMESPACE_CLASS } from '../cim/schema/namespace-class.js';
import { fittingValue, type LooseValue } from './fitting-value.js';

/**
 * An instance as it is to be stored, checked by its class and by nothing else: rules of providers are for clients. Properties left out
 * get the defaults of the class, and its keys make the path.
 *
 * @param given its path may tell the namespace; its keys are those of the properties
 * @throws CimError InvalidNamespace, InvalidClass, NotSupported, NoSuchProperty, TypeMismatch, InvalidParameter
 */
export function prepareInstance(
  given: {
    readonly className: string;
    readonly path?: InstancePath | undefined;
    readonly properties: Iterable<readonly [string, LooseValue]>;
  },
  namespaces: Namespaces,
  defaultNamespace: string,
): CimInstance {
  const space = namespaces.getNamespace(given.path?.namespace ?? defaultNamespace);
  const cimClass = storableClass(space, given.className);
  const values = new Map<string, CimValue>();
  for (const [name, loose] of given.properties) {
    const property = getProperty(cimClass, name);
    const value = fittingValue(loose, property.type);
    checkProperty(property, value, space.schema);
    checkLength(property, value, space.schema);
    values.set(property.name, absolute(value, space.name));
  }
  const properties: [string, CimValue][] = [];
  for (const { name, defaultValue } of cimClass.properties.values()) {
    const value = values.has(name) ? values.get(name) : defaultValue;
    if (value !== undefined) properties.push([name, value]);
  }
  const instance = new CimInstance(cimClass.name, properties);
  return instance.at(
    new InstancePath({ namespace: space.name, className: cimClass.name, keys: keysOf(instance, cimClass) }),
  );
}

/**
 * Looks at an instance that says to have been stored here before.
 *
 * @throws CimError where it cannot have been
 */
export function checkStored(instance: CimInstance, namespaces: Namespaces): void {
  if (isLoadedMark(instance)) return;
  const { path, className, properties } = instance;
  if (path?.namespace === undefined) throw new CimError('InvalidParameter', `An instance of ${className} has no path.`);
  const space = namespaces.getNamespace(path.namespace);
  const cimClass = storable(space, className);
  for (const [name, value] of properties) checkProperty(getProperty(cimClass, name), value, space.schema);
  const own = new InstancePath({ namespace: space.name, className, keys: keysOf(instance, cimClass) });
  if (!own.equals(path)) throw new CimError('InvalidParameter', `The keys of ${path} are not those of the instance.`);
}

/** @throws CimError NotSupported for namespaces as well: they are made with their classes, at the start */
function storableClass(space: Namespace, className: string): CimClass {
  const cimClass = storable(space, className);
  if (!sameName(cimClass.name, NAMESPACE_CLASS)) return cimClass;
  throw new CimError('NotSupported', 'Namespaces are made with their classes, when the endpoint starts.');
}

/** WMI: a class with the qualifier Singleton has one instance, whose path has no keys. */
function storable(space: Namespace, className: string): CimClass {
  const cimClass = space.schema.getClass(className);
  const isSingleton = cimClass.keys.length === 0 && booleanQualifier(cimClass, 'Singleton');
  return isSingleton ? cimClass : getCreatableClass(space, className);
}

/** A reference without a namespace means the one that the instance is in (DSP0004 §8.2.5). */
function absolute(value: CimValue, namespace: string): CimValue {
  if (value instanceof InstancePath) return value.namespace === undefined ? value.inNamespace(namespace) : value;
  return value;
}
