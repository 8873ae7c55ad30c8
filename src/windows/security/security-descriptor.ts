import { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimValue, isCimArray } from '../../cim/model/cim-value.js';
import { sidBytes, sidText } from './sid.js';
import { wellKnownAccount, wellKnownByName } from './well-known-sids.js';

/** An entry of an access control list. */
export interface AccessControlEntry {
  /** Undefined when the entry names nobody who is known. */
  readonly sid: string | undefined;
  readonly accessMask: number;
  readonly isDenied: boolean;
  /** `__ACE.AceFlags`. */
  readonly flags: number;
}

/** Flags of an entry (`__ACE.AceFlags`): who gets it besides the object that has it. */
export const AceFlags = {
  ObjectInherit: 1,
  ContainerInherit: 2,
  NoPropagate: 4,
  InheritOnly: 8,
  Inherited: 16,
} as const;

const ACE_TYPES = { allowed: 0, denied: 1 } as const;
/** SE_DACL_PRESENT and SE_SELF_RELATIVE. */
const CONTROL_FLAGS = 0x8004;
const DACL_PRESENT = 4;

/** The classes of which a descriptor is made: those of every namespace, or those of root/cimv2. */
export type DescriptorSchema = '__' | 'Win32_';

/** A descriptor as an embedded instance. @param owner its security identifier */
export function securityDescriptor(
  owner: string,
  entries: readonly AccessControlEntry[],
  schema: DescriptorSchema = '__',
): CimInstance {
  return new CimInstance(`${schema}SecurityDescriptor`, [
    ['ControlFlags', CONTROL_FLAGS],
    ['DACL', accessControlList(entries.map(typed), schema)],
    ['Group', trustee(owner, schema)],
    ['Owner', trustee(owner, schema)],
    ['SACL', null],
  ]);
}

function typed({ isDenied, ...entry }: AccessControlEntry): WrittenEntry {
  return { ...entry, type: isDenied ? ACE_TYPES.denied : ACE_TYPES.allowed };
}

/** An entry with its kind as `__ACE.AceType` has it. */
interface WrittenEntry extends Omit<AccessControlEntry, 'isDenied'> {
  readonly type: number;
}

/** A list as the property of a descriptor. */
export function accessControlList(
  entries: readonly WrittenEntry[],
  schema: DescriptorSchema = '__',
): readonly CimInstance[] {
  return entries.map(
    ({ sid, accessMask, type, flags }) =>
      new CimInstance(`${schema}ACE`, [
        ['AccessMask', accessMask],
        ['AceFlags', flags],
        ['AceType', type],
        ['Trustee', sid === undefined ? null : trustee(sid, schema)],
      ]),
  );
}

/** Somebody as an embedded instance; with a name where everybody knows the security identifier. */
export function trustee(sid: string, schema: DescriptorSchema = '__'): CimInstance {
  const known = wellKnownAccount(sid);
  const bytes = sidBytes(sid);
  return new CimInstance(`${schema}Trustee`, [
    ['Domain', known?.domain ?? null],
    ['Name', known?.name ?? null],
    ['SID', bytes ?? null],
    ['SidLength', bytes?.length ?? 0],
    ['SidString', sid],
  ]);
}

/** The list that says who may do what; undefined when there is none, and everybody may do everything (MS-DTYP 2.5.3.2). */
export function readEntries(descriptor: CimInstance): readonly AccessControlEntry[] | undefined {
  const list = descriptor.get('DACL');
  const isPresent = (Number(descriptor.get('ControlFlags') ?? DACL_PRESENT) & DACL_PRESENT) !== 0;
  if (!isPresent || !isCimArray(list)) return undefined;
  // Entries of other kinds neither allow nor deny.
  return list.flatMap((one) =>
    one instanceof CimInstance && Object.values<unknown>(ACE_TYPES).includes(one.get('AceType') ?? 0)
      ? [readEntry(one)]
      : [],
  );
}

function readEntry(ace: CimInstance): AccessControlEntry {
  return {
    sid: readTrustee(ace.get('Trustee')),
    accessMask: Number(ace.get('AccessMask') ?? 0),
    isDenied: ace.get('AceType') === ACE_TYPES.denied,
    flags: Number(ace.get('AceFlags') ?? 0),
  };
}

/** The security identifier of a trustee, which says it in bytes, as a text, or by a name that everybody knows. */
export function readTrustee(trustee: CimValue): string | undefined {
  if (!(trustee instanceof CimInstance)) return undefined;
  const bytes = trustee.get('SID');
  if (isCimArray(bytes)) return sidText(bytes.map(Number));
  return trustee.getString('SidString') ?? wellKnownByName(trustee.getString('Name') ?? '')?.sid;
}
