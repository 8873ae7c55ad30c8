import { CimInstance } from '../../cim/model/cim-instance.js';
import { forAdministrators } from '../for-administrators.js';
import { MethodRefusal } from '../method-refusal.js';
import { onInstance } from '../on-instance.js';
import { partsOf } from '../security/descriptor-parts.js';
import { notedSecurity, noteSecurity } from '../security/noted-security.js';
import { type AccessControlEntry, AceFlags, securityDescriptor } from '../security/security-descriptor.js';
import { ADMINISTRATORS, CREATOR_OWNER, EVERYONE, SYSTEM } from '../security/well-known-sids.js';
import { nameOf } from './printer-rows.js';

/** Codes of the two methods. */
const Code = { success: 0, accessDenied: 2, invalidParameter: 21 } as const;

/** Rights to a printer (WinSpool.h): to manage it, to use it; to manage documents, which its jobs inherit. */
const [MANAGE, USE, MANAGE_DOCUMENTS] = [0xf000c, 0x20008, 0xf0030];
const OF_JOBS = AceFlags.ObjectInherit | AceFlags.InheritOnly;

/** Who may do what with a printer of which nobody has said. */
const USUAL: readonly AccessControlEntry[] = [
  { sid: EVERYONE.sid, accessMask: USE, isDenied: false, flags: 0 },
  { sid: CREATOR_OWNER.sid, accessMask: MANAGE_DOCUMENTS, isDenied: false, flags: OF_JOBS },
  { sid: ADMINISTRATORS.sid, accessMask: MANAGE, isDenied: false, flags: 0 },
  { sid: ADMINISTRATORS.sid, accessMask: MANAGE_DOCUMENTS, isDenied: false, flags: OF_JOBS },
];

export const getPrinterSecurity = onInstance(async (printer, _input, context) => {
  const noted = await notedSecurity(context.store, `printer ${nameOf(printer)}`);
  return { ReturnValue: Code.success, Descriptor: noted ?? securityDescriptor(SYSTEM.sid, USUAL, 'Win32_') };
});

/** What is set is kept and given back; who may do what on the endpoint, its roles say. */
export const setPrinterSecurity = forAdministrators(Code.accessDenied, async (printer, { Descriptor }, context) => {
  if (!(Descriptor instanceof CimInstance) || partsOf(Descriptor) === undefined)
    throw new MethodRefusal(Code.invalidParameter, 'Descriptor is none, or names somebody whom nobody knows');
  await noteSecurity(context.store, `printer ${nameOf(printer)}`, Descriptor);
  return { ReturnValue: Code.success };
});
