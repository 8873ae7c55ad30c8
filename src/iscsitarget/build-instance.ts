import type { InstanceContext } from '../cim/contracts/provider.js';
import type { CimClass } from '../cim/model/cim-class.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';

/**
 * A new instance at its path: the given values, and the class's defaults where none is given.
 *
 * @throws TypeError when the class has no such property, or a key has no value: both are errors of the provider
 */
export function buildInstance(
  { schema, namespace }: Pick<InstanceContext, 'schema' | 'namespace'>,
  className: string,
  values: Readonly<Record<string, CimValue>>,
): CimInstance {
  const cimClass = schema.getClass(className);
  const properties: [string, CimValue][] = [];
  for (const property of cimClass.properties.values()) {
    const value = Object.hasOwn(values, property.name) ? values[property.name] : property.defaultValue;
    if (value !== undefined) properties.push([property.name, value]);
  }
  for (const name of Object.keys(values)) {
    if (!cimClass.properties.has(name)) throw new TypeError(`class ${className} has no property ${name}`);
  }
  const instance = new CimInstance(cimClass.name, properties);
  return instance.at(new InstancePath({ namespace, className: cimClass.name, keys: keysOf(instance, cimClass) }));
}

function keysOf(instance: CimInstance, cimClass: CimClass): [string, CimKeyValue][] {
  return cimClass.keys.map(({ name }) => {
    const value = instance.get(name);
    if (!isKeyValue(value)) throw new TypeError(`key ${name} of ${cimClass.name} has no value`);
    return [name, value];
  });
}
