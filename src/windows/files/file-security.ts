import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { callerSid, callerSids } from '../security/caller-sids.js';
import { grantedAccess } from '../security/granted-access.js';
import { dropSecurity, notedSecurity, noteSecurity, type SecuredThing } from '../security/noted-security.js';
import {
  type AccessControlEntry,
  readEntries,
  readTrustee,
  securityDescriptor,
} from '../security/security-descriptor.js';
import { ADMINISTRATORS, SYSTEM, USERS } from '../security/well-known-sids.js';
import { fileRefusal } from './file-code.js';
import { nameOf } from './file-rows.js';

/** Rights to a file or folder (WinNT.h). */
export const FileRight = { Write: 0x2, Delete: 0x10000, Read: 0x1, WriteAttributes: 0x100, WriteDac: 0x40000 } as const;

const FULL = 0x1f01ff;
const READ_AND_EXECUTE = 0x1200a9;

const USUAL: readonly AccessControlEntry[] = [
  { sid: SYSTEM.sid, accessMask: FULL, isDenied: false, flags: 0 },
  { sid: ADMINISTRATORS.sid, accessMask: FULL, isDenied: false, flags: 0 },
  { sid: USERS.sid, accessMask: READ_AND_EXECUTE, isDenied: false, flags: 0 },
];

type Caller = Pick<MethodContext, 'store' | 'user'>;

function thing(name: string): SecuredThing {
  return `file ${name.toLowerCase()}`;
}

async function descriptorOf({ store }: Pick<Caller, 'store'>, name: string): Promise<CimInstance> {
  return (await notedSecurity(store, thing(name))) ?? securityDescriptor(ADMINISTRATORS.sid, USUAL, 'Win32_');
}

/** The rights of the caller to a file, as bits. */
export async function fileAccess(file: CimInstance, context: Caller): Promise<number> {
  const descriptor = await descriptorOf(context, nameOf(file));
  const caller = await callerSids(context.store, context.user);
  return grantedAccess(readEntries(descriptor), readTrustee(descriptor.get('Owner')), caller);
}

/** @throws MethodRefusal accessDenied */
export async function checkFileRights(file: CimInstance, rights: number, context: Caller): Promise<void> {
  if ((rights & ~(await fileAccess(file, context))) !== 0)
    throw fileRefusal('accessDenied', `the caller may not do that with ${nameOf(file)}`, nameOf(file));
}

/** Parts of a descriptor that a call changes: `Option`. */
export const SecurityPart = { owner: 1, group: 2, dacl: 4, sacl: 8 } as const;

/** Takes over the parts that are named from a descriptor. */
export async function changeSecurity(
  name: string,
  given: CimInstance,
  parts: number,
  { store }: Pick<Caller, 'store'>,
): Promise<void> {
  const before = await descriptorOf({ store }, name);
  const changed = before.with({
    ...((parts & SecurityPart.owner) !== 0 && { Owner: given.get('Owner') }),
    ...((parts & SecurityPart.group) !== 0 && { Group: given.get('Group') }),
    ...((parts & SecurityPart.dacl) !== 0 && { DACL: given.get('DACL'), ControlFlags: given.get('ControlFlags') }),
    ...((parts & SecurityPart.sacl) !== 0 && { SACL: given.get('SACL') }),
  });
  await noteSecurity(store, thing(name), changed);
}

/** Makes the caller the owner: of an account that the computer does not have, the administrators are. */
export async function takeOwnership(name: string, caller: Caller): Promise<void> {
  const sid = await callerSid(caller);
  const owner = securityDescriptor(sid ?? ADMINISTRATORS.sid, [], 'Win32_');
  await changeSecurity(name, owner, SecurityPart.owner, caller);
}

/** What is noted of a file goes with it, to another path or away. */
export async function moveSecurity(
  name: string,
  to: string | undefined,
  { store }: Pick<Caller, 'store'>,
): Promise<void> {
  const noted = await notedSecurity(store, thing(name));
  if (!noted) return;
  await dropSecurity(store, thing(name));
  if (to !== undefined) await noteSecurity(store, thing(to), noted);
}
