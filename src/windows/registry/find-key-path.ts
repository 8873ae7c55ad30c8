import type { InstanceContext } from '../../cim/contracts/provider.js';
import { callerSid } from '../security/caller-sids.js';
import { type KeyPath, keyInstance } from './registry-key.js';

/** `hDefKey` (WinReg.h). */
export const Hive = {
  ClassesRoot: 0x80000000,
  CurrentUser: 0x80000001,
  LocalMachine: 0x80000002,
  Users: 0x80000003,
  CurrentConfig: 0x80000005,
} as const;

/** Hives that are whole, or a place in another one. */
const PLACES: Readonly<Record<number, KeyPath>> = {
  [Hive.LocalMachine]: 'HKLM',
  [Hive.Users]: 'HKU',
  [Hive.ClassesRoot]: 'HKLM\\SOFTWARE\\Classes',
  [Hive.CurrentConfig]: 'HKLM\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current',
};

/**
 * The key that a call means; undefined when there is no such hive. HKEY_CURRENT_USER is the hive of the caller's account, or `.DEFAULT`
 * where nobody has loaded one, as it is in a session from afar.
 *
 * @param subkey as it was given: a backslash at its end means nothing
 */
export async function findKeyPath(
  hive: number,
  subkey: string,
  context: Pick<InstanceContext, 'store' | 'user'>,
): Promise<KeyPath | undefined> {
  const root = hive === Hive.CurrentUser ? await currentUser(context) : PLACES[hive];
  const below = subkey.replace(/\\+$/, '');
  return root === undefined || below === '' ? root : `${root}\\${below}`;
}

async function currentUser(context: Pick<InstanceContext, 'store' | 'user'>): Promise<KeyPath> {
  const sid = await callerSid(context);
  const loaded = sid === undefined ? undefined : await context.store.get(keyInstance(`HKU\\${sid}`));
  return loaded === undefined ? 'HKU\\.DEFAULT' : `HKU\\${sid}`;
}
