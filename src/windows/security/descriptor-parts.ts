import { CimInstance } from '../../cim/model/cim-instance.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { accessControlList, readTrustee, trustee } from './security-descriptor.js';

/** An entry of a list, whichever form the list has. */
export interface DescriptorEntry {
  /** {@link AceType}. */
  readonly type: number;
  /** `__ACE.AceFlags`. */
  readonly flags: number;
  readonly accessMask: number;
  readonly sid: string;
}

/** A security descriptor in its parts, be they written as an instance, as bytes or as a text. */
export interface DescriptorParts {
  /** {@link Control}. */
  readonly control: number;
  readonly owner: string | undefined;
  readonly group: string | undefined;
  /** Who may do what. Undefined: there is no list; `control` says whether that lets everybody do everything. */
  readonly dacl: readonly DescriptorEntry[] | undefined;
  /** What is written down of what somebody does. */
  readonly sacl: readonly DescriptorEntry[] | undefined;
}

/** Kinds of entries (MS-DTYP 2.4.4.1); those about single properties of an object have no place here. */
export const AceType = { allowed: 0, denied: 1, audited: 2 } as const;

/** Bits of a descriptor's control (MS-DTYP 2.4.6). */
export const Control = {
  daclPresent: 0x4,
  saclPresent: 0x10,
  daclInheritRequired: 0x100,
  saclInheritRequired: 0x200,
  daclInherited: 0x400,
  saclInherited: 0x800,
  daclProtected: 0x1000,
  saclProtected: 0x2000,
  selfRelative: 0x8000,
} as const;

const TYPES: readonly unknown[] = Object.values(AceType);

/** @returns undefined when it is no descriptor: an entry that names nobody, a kind of entry that is not known */
export function partsOf(descriptor: CimInstance): DescriptorParts | undefined {
  const [dacl, sacl] = [entriesOf(descriptor, 'DACL'), entriesOf(descriptor, 'SACL')];
  if (dacl === 'wrong' || sacl === 'wrong') return undefined;
  const [owner, group] = [descriptor.get('Owner'), descriptor.get('Group')];
  const [ownerSid, groupSid] = [readTrustee(owner), readTrustee(group)];
  if ((owner !== null && ownerSid === undefined) || (group !== null && groupSid === undefined)) return undefined;
  const control = Number(descriptor.get('ControlFlags') ?? Control.daclPresent) | Control.selfRelative;
  return { control: control & 0xffff, owner: ownerSid, group: groupSid, dacl, sacl };
}

function entriesOf(descriptor: CimInstance, list: string): readonly DescriptorEntry[] | undefined | 'wrong' {
  const given = descriptor.get(list);
  if (!isCimArray(given)) return undefined;
  const entries = given.map((one) => (one instanceof CimInstance ? entryOf(one) : undefined));
  return entries.every((one) => one !== undefined) ? entries : 'wrong';
}

function entryOf(ace: CimInstance): DescriptorEntry | undefined {
  const [sid, type] = [readTrustee(ace.get('Trustee')), ace.get('AceType')];
  if (sid === undefined || !TYPES.includes(type)) return undefined;
  return {
    ...{ sid, type: Number(type), accessMask: Number(ace.get('AccessMask') ?? 0) },
    flags: Number(ace.get('AceFlags') ?? 0) & 0xff,
  };
}

/** The same as an embedded instance. */
export function instanceOf({ control, owner, group, dacl, sacl }: DescriptorParts): CimInstance {
  return new CimInstance('__SecurityDescriptor', [
    ['ControlFlags', control],
    ['DACL', dacl === undefined ? null : accessControlList(dacl)],
    ['Group', group === undefined ? null : trustee(group)],
    ['Owner', owner === undefined ? null : trustee(owner)],
    ['SACL', sacl === undefined ? null : accessControlList(sacl)],
  ]);
}
