import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMV2 } from '../namespaces.js';
import { deleteValue, findValue, hasKey, putValue } from '../registry/registry.js';
import { type KeyPath, RegistryType } from '../registry/registry-key.js';

/** The key with the variables of the computer. */
const SYSTEM_KEY: KeyPath = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

/** Whose variables those of the computer are. */
export const SYSTEM_USER = '<SYSTEM>';

/** Writes a variable of the computer into the registry, where a lab has the key for them. */
export async function showInRegistry(variable: CimInstance, store: InstanceTransaction): Promise<void> {
  if (!isOfSystem(variable) || !(await hasKey(store, SYSTEM_KEY))) return;
  const data = variable.getString('VariableValue') ?? '';
  const type = data.includes('%') ? RegistryType.expandable : RegistryType.text;
  await putValue(store, SYSTEM_KEY, { name: variable.getString('Name') ?? '', type, data });
}

export async function dropInRegistry(variable: CimInstance, store: InstanceTransaction): Promise<void> {
  if (isOfSystem(variable)) await deleteValue(store, SYSTEM_KEY, variable.getString('Name') ?? '');
}

function isOfSystem(variable: CimInstance): boolean {
  return sameName(variable.getString('UserName') ?? '', SYSTEM_USER);
}

/** After a value of the registry was written or deleted: when it is a variable of the computer, Win32_Environment shows it. */
export async function showInEnvironment(key: KeyPath, name: string, store: InstanceTransaction): Promise<void> {
  if (!sameName(key, SYSTEM_KEY) || name === '') return;
  const path = new InstancePath({
    namespace: CIMV2,
    className: 'Win32_Environment',
    keys: { Name: name, UserName: SYSTEM_USER },
  });
  const value = await findValue(store, key, name);
  if (value === undefined) {
    await store.delete(path);
    return;
  }
  if (typeof value.data !== 'string') return;
  const text = `${SYSTEM_USER}\\${name}`;
  const begun = new CimInstance('Win32_Environment', [...path.keys, ['SystemVariable', true]], path);
  const known = (await store.get(path)) ?? begun.with({ Caption: text, Description: text, Status: 'OK' });
  await store.put(known.with({ VariableValue: value.data }));
}
