import type { InstanceReader, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { InstanceContext } from '../../cim/contracts/provider.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { callerSids } from '../security/caller-sids.js';
import { grantedAccess } from '../security/granted-access.js';
import {
  type AccessControlEntry,
  AceFlags,
  readEntries,
  readTrustee,
  securityDescriptor,
} from '../security/security-descriptor.js';
import { ADMINISTRATORS, SYSTEM, USERS } from '../security/well-known-sids.js';
import { isRoot, KEY_CLASS, type KeyPath, keyInstance, splitKey } from './registry-key.js';

/** Rights to a key (WinNT.h). */
export const KeyRight = {
  QueryValue: 0x1,
  SetValue: 0x2,
  CreateSubKey: 0x4,
  EnumerateSubKeys: 0x8,
  Delete: 0x10000,
  ReadControl: 0x20000,
  WriteDac: 0x40000,
} as const;

const ALL_ACCESS = 0xf003f;
const READ = 0x20019;

/** Keys that are for the system alone; administrators may look at the list, and change it. */
const OF_THE_SYSTEM = ['HKLM\\SAM\\SAM', 'HKLM\\SECURITY'];

/** What is said of all keys that say nothing themselves, nor do those above them. */
const OF_ALL: readonly AccessControlEntry[] = [
  allowed(ADMINISTRATORS.sid, ALL_ACCESS),
  allowed(SYSTEM.sid, ALL_ACCESS),
  allowed(USERS.sid, READ),
];

/** What is said of a key and of those below it as long as nobody has said otherwise; undefined: what is said of all. */
function usualEntries(path: KeyPath): readonly AccessControlEntry[] | undefined {
  if (OF_THE_SYSTEM.some((one) => sameName(one, path)))
    return [allowed(SYSTEM.sid, ALL_ACCESS), allowed(ADMINISTRATORS.sid, KeyRight.ReadControl | KeyRight.WriteDac)];
  const { parent, name } = splitKey(path);
  // The hive of an account is its own.
  if (!sameName(parent, 'HKU') || !/^S-1-5-21-/i.test(name)) return undefined;
  return [ADMINISTRATORS.sid, SYSTEM.sid, name.toUpperCase()].map((sid) => allowed(sid, ALL_ACCESS));
}

function allowed(sid: string, accessMask: number): AccessControlEntry {
  return { sid, accessMask, isDenied: false, flags: AceFlags.ContainerInherit };
}

/** The rights to a key that the caller has, as bits. */
export async function keyAccess(path: KeyPath, { store, user }: Pick<InstanceContext, 'store' | 'user'>) {
  const descriptor = await keyDescriptor(store, path);
  return grantedAccess(readEntries(descriptor), readTrustee(descriptor.get('Owner')), await callerSids(store, user));
}

/** A key's own descriptor, or what it inherits from the nearest key above it that has one. */
export async function keyDescriptor(store: InstanceReader, path: KeyPath): Promise<CimInstance> {
  for (let above = path; above !== ''; above = splitKey(above).parent) {
    const own = (await store.get(keyInstance(above)))?.get('SecurityDescriptor');
    if (own instanceof CimInstance) return above === path ? own : inherited(own);
    const usual = usualEntries(above);
    if (usual !== undefined) return securityDescriptor(ADMINISTRATORS.sid, usual);
  }
  return securityDescriptor(ADMINISTRATORS.sid, OF_ALL);
}

function inherited(descriptor: CimInstance): CimInstance {
  const entries = readEntries(descriptor);
  if (entries === undefined) return descriptor;
  const passedOn = entries
    .filter(({ flags }) => (flags & AceFlags.ContainerInherit) !== 0)
    .map((entry) => ({ ...entry, flags: (entry.flags & ~AceFlags.InheritOnly) | AceFlags.Inherited }));
  return securityDescriptor(readTrustee(descriptor.get('Owner')) ?? ADMINISTRATORS.sid, passedOn);
}

/** Gives a key a descriptor of its own. A root gets a row for it. */
export async function setKeyDescriptor(store: InstanceTransaction, path: KeyPath, descriptor: CimInstance) {
  const at = keyInstance(path);
  const stored = (await store.get(at)) ?? (isRoot(path) ? new CimInstance(KEY_CLASS, at.keys, at) : undefined);
  if (stored) await store.put(stored.with({ SecurityDescriptor: descriptor }));
}
