import type { CimInstance } from '../../cim/model/cim-instance.js';
import { indexEntries, indexKey } from '../durable/index-entries.js';
import type { IndexRegister } from './index-register.js';
import {
  classPrefix,
  entryKey,
  equalPrefix,
  keysPrefix,
  targetClassPrefix,
  targetPrefix,
  targetRolePrefix,
  unkeyedPrefix,
} from './table-keys.js';

/** The keys in the table of entries by which an instance is found. A key may be there twice. */
export function rowEntries(instance: CimInstance, sequence: number, register: IndexRegister): readonly Buffer[] {
  const { namespace, className, keys } = indexEntries(instance);
  return [
    entryKey(keysPrefix(namespace, keys), sequence),
    entryKey(classPrefix(namespace, className), sequence),
    ...changingEntries(instance, sequence, register),
  ];
}

/** Those of them that another state of the same instance may lack. */
export function changingEntries(instance: CimInstance, sequence: number, register: IndexRegister): readonly Buffer[] {
  const { namespace, className, references } = indexEntries(instance);
  const found: Buffer[] = [];
  for (const { role, target } of references) {
    found.push(entryKey(targetClassPrefix(targetPrefix(target), className, role), sequence));
    found.push(entryKey(targetRolePrefix(target, role), sequence));
  }
  for (const { property } of register.of(namespace, className)) {
    const prefix = propertyPrefix(instance, namespace, className, property);
    if (prefix) found.push(entryKey(prefix, sequence));
  }
  return found;
}

/** Below which an index of a property has an instance; undefined: nowhere. */
export function propertyPrefix(
  instance: CimInstance,
  namespace: string,
  className: string,
  property: string,
): Buffer | undefined {
  const key = indexKey(instance, property);
  if (key === null) return undefined;
  return key === undefined
    ? unkeyedPrefix(namespace, className, property)
    : equalPrefix(namespace, className, property, key);
}
