import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { CIMULATOR } from '../namespaces.js';
import { isRoot, KEY_CLASS, type KeyPath, keyInstance, splitKey, VALUE_CLASS, valueInstance } from './registry-key.js';

/** The property of a stored value that has its data, by type. */
const DATA: Readonly<Record<number, string>> = {
  1: 'Text',
  2: 'Text',
  3: 'Bytes',
  4: 'Number',
  7: 'Strings',
  11: 'Number',
};

/** A named value of a key. */
export interface RegistryValue {
  readonly name: string;
  readonly type: number;
  /** A string, strings, bytes, or, of both sizes of numbers, a bigint. */
  readonly data: CimValue;
}

export async function hasKey(store: InstanceReader, path: KeyPath): Promise<boolean> {
  return isRoot(path) || (await store.get(keyInstance(path))) !== undefined;
}

/** The names directly below a key, in the order of the registry, which is that of their letters. */
export async function subkeyNames(store: InstanceReader, path: KeyPath): Promise<readonly string[]> {
  const names = (await childKeys(store, path)).map((one) => one.getString('Name') ?? '');
  return names.sort((a, b) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1));
}

async function childKeys(store: InstanceReader, path: KeyPath): Promise<readonly CimInstance[]> {
  return (await store.findEqual(CIMULATOR, [KEY_CLASS], 'Parent', path)) ?? [];
}

/** The values of a key, in the order in which they were made. */
export async function valuesOf(store: InstanceReader, path: KeyPath): Promise<readonly RegistryValue[]> {
  return (await storedValues(store, path)).map(readValue);
}

async function storedValues(store: InstanceReader, path: KeyPath): Promise<readonly CimInstance[]> {
  return (await store.findEqual(CIMULATOR, [VALUE_CLASS], 'KeyPath', path)) ?? [];
}

export async function findValue(
  store: Pick<InstanceReader, 'get'>,
  path: KeyPath,
  name: string,
): Promise<RegistryValue | undefined> {
  const stored = await store.get(valueInstance(path, name));
  return stored && readValue(stored);
}

function readValue(stored: CimInstance): RegistryValue {
  const type = Number(stored.get('Type') ?? 1);
  return { name: stored.getString('Name') ?? '', type, data: stored.get(DATA[type] ?? 'Bytes') };
}

/** Makes a value or takes the place of the one of this name, whose spelling stays. */
export async function putValue(
  store: InstanceTransaction,
  path: KeyPath,
  { name, type, data }: RegistryValue,
): Promise<void> {
  const at = valueInstance(path, name);
  const spelled = (await store.get(at))?.path ?? at;
  const values = { ...Object.fromEntries(spelled.keys), Type: type, [DATA[type] ?? 'Bytes']: data };
  await store.put(new CimInstance(VALUE_CLASS, Object.entries(values), spelled));
}

/** @returns whether there was one */
export function deleteValue(store: InstanceTransaction, path: KeyPath, name: string): Promise<boolean> {
  return store.delete(valueInstance(path, name));
}

/** Makes a key with whatever is missing above it. Those that are there stay as they are spelled. */
export async function createKey(store: InstanceTransaction, path: KeyPath): Promise<void> {
  if (await hasKey(store, path)) return;
  const { parent, name } = splitKey(path);
  await createKey(store, parent);
  const keys = { Parent: parent, Name: name };
  await store.put(new CimInstance(KEY_CLASS, Object.entries(keys), keyInstance(path)));
}

/** Removes a key that has none below it, with its values. */
export async function deleteKey(store: InstanceTransaction, path: KeyPath): Promise<void> {
  const values = await storedValues(store, path);
  await store.deleteMany([...values.flatMap((one) => one.path ?? []), keyInstance(path)]);
}
