import type { MethodContext, MethodImplementation, MethodInput, MethodOutput } from '../../cim/contracts/provider.js';
import { shorten } from '../../cim/model/shorten.js';
import { refusing } from '../method-refusal.js';
import { findKeyPath, Hive } from './find-key-path.js';
import { keyAccess } from './key-security.js';
import { hasKey } from './registry.js';
import { RegistryRefusal } from './registry-error.js';
import type { KeyPath } from './registry-key.js';

/** What a method does with the key that it is called for. It may throw a {@link RegistryRefusal}. */
export type KeyMethod = (
  path: KeyPath,
  input: MethodInput,
  context: MethodContext,
) => MethodOutput | Promise<MethodOutput>;

/** A method for a key that need not be there. */
export function onKeyPath(method: KeyMethod): MethodImplementation {
  return refusing(async (input, context) => {
    const hive = Number(input.hDefKey ?? Hive.LocalMachine);
    const path = await findKeyPath(hive, textOf(input.sSubKeyName), context);
    if (path === undefined) throw new RegistryRefusal('invalidHive', `hDefKey: there is no hive ${hive}`);
    return method(path, input, context);
  });
}

/** A method for a key that is there, and to which the caller has some rights. */
export function onKey(rights: number, method: KeyMethod): MethodImplementation {
  return onKeyPath(async (path, input, context) => {
    await checkKey(path, context);
    await checkRights(path, rights, context);
    return method(path, input, context);
  });
}

/** @throws RegistryRefusal keyNotFound */
export async function checkKey(path: KeyPath, { store }: Pick<MethodContext, 'store'>): Promise<void> {
  if (!(await hasKey(store, path))) throw new RegistryRefusal('keyNotFound', `there is no key ${shorten(path, 500)}`);
}

/** @throws RegistryRefusal accessDenied */
export async function checkRights(path: KeyPath, rights: number, context: MethodContext): Promise<void> {
  const missing = rights & ~(await keyAccess(path, context));
  if (missing === 0) return;
  const text = `the caller lacks the rights 0x${(missing >>> 0).toString(16)} to ${shorten(path, 500)}`;
  throw new RegistryRefusal('accessDenied', text);
}

/** A string parameter; NULL and none at all are the empty one. */
export function textOf(value: MethodInput[string]): string {
  return typeof value === 'string' ? value : '';
}
