import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMULATOR } from '../namespaces.js';

/** A key of the registry: the part below its parent. Values are apart ({@link VALUE_CLASS}). */
export const KEY_CLASS = 'CIMULATOR_RegistryKey';
export const VALUE_CLASS = 'CIMULATOR_RegistryValue';

/** The two hives that there are, as paths begin; the others are places in them. */
const ROOTS = ['HKLM', 'HKU'];

/** The types of values that StdRegProv knows (WinNT.h). */
export const RegistryType = { text: 1, expandable: 2, binary: 3, dword: 4, multiText: 7, qword: 11 } as const;

/** A key as it is named from here on: `HKLM\SOFTWARE\Lab`, whichever hive it was asked for in. Names compare without case. */
export type KeyPath = string;

export function isRoot(path: KeyPath): boolean {
  return ROOTS.some((root) => sameName(root, path));
}

/** `HKLM\SOFTWARE` and `Lab` of `HKLM\SOFTWARE\Lab`; of a root the parent is empty. */
export function splitKey(path: KeyPath): { readonly parent: KeyPath; readonly name: string } {
  const at = path.lastIndexOf('\\');
  return { parent: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) };
}

/** Where a key lies in the store. */
export function keyInstance(path: KeyPath): InstancePath {
  const { parent, name } = splitKey(path);
  return new InstancePath({ namespace: CIMULATOR, className: KEY_CLASS, keys: { Parent: parent, Name: name } });
}

/** Where a value lies in the store. @param name empty for the default value of the key */
export function valueInstance(path: KeyPath, name: string): InstancePath {
  return new InstancePath({ namespace: CIMULATOR, className: VALUE_CLASS, keys: { KeyPath: path, Name: name } });
}
