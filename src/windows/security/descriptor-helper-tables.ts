import { CimInstance } from '../../cim/model/cim-instance.js';
import type { MethodTable, TableValues } from '../method-table.js';
import { tablesOn } from '../table-paths.js';
import { HelperCode } from './descriptor-helper.js';
import { AceType, Control, type DescriptorEntry, instanceOf } from './descriptor-parts.js';
import { ADMINISTRATORS, EVERYONE, SYSTEM } from './well-known-sids.js';

const CLASS = 'Win32_SecurityDescriptorHelper';
const table = tablesOn(CLASS, CLASS);

const entry = (type: number, sid: string, accessMask: number, flags: number): DescriptorEntry => ({
  ...{ type, sid, accessMask, flags },
});

/** One descriptor, written in three forms by hand (MS-DTYP 2.4.6, 2.5.1). */
const OBJECT: TableValues = {
  Descriptor: instanceOf({
    control: Control.selfRelative | Control.daclPresent | Control.daclProtected | Control.saclPresent,
    ...{ owner: ADMINISTRATORS.sid, group: SYSTEM.sid },
    dacl: [entry(AceType.denied, EVERYONE.sid, 0x6003f, 0), entry(AceType.allowed, SYSTEM.sid, 0x1f01ff, 3)],
    sacl: [entry(AceType.audited, EVERYONE.sid, 0x100000, 0xc0)],
  }),
};
const TEXT = { SDDL: 'O:BAG:SYD:P(D;;CCDCLCSWRPWPRCWD;;;WD)(A;OICI;FA;;;SY)S:(AU;SAFA;0x100000;;;WD)' };
const ADMINISTRATORS_BYTES = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0];
const SYSTEM_BYTES = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];
const EVERYONE_BYTES = [1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0];
const BYTES = {
  BinarySD: [
    ...[1, 0, 0x14, 0x90, 20, 0, 0, 0, 36, 0, 0, 0, 48, 0, 0, 0, 76, 0, 0, 0],
    ...[...ADMINISTRATORS_BYTES, ...SYSTEM_BYTES],
    ...[2, 0, 28, 0, 1, 0, 0, 0],
    ...[2, 0xc0, 20, 0, 0, 0, 0x10, 0, ...EVERYONE_BYTES],
    ...[2, 0, 48, 0, 2, 0, 0, 0],
    ...[1, 0, 20, 0, 0x3f, 0, 6, 0, ...EVERYONE_BYTES],
    ...[0, 3, 20, 0, 0xff, 1, 0x1f, 0, ...SYSTEM_BYTES],
  ],
};

const done = (input: TableValues, answers: TableValues) => ({
  ...{ code: HelperCode.success, when: 'it is one, of entries that allow, deny or audit', input },
  shows: [{ answers }],
});
const missing = { code: HelperCode.invalidParameter, when: 'it is missing, or NULL' };
const noText = {
  ...{ code: HelperCode.invalidParameter, when: 'it is none, or is about single properties of an object' },
  input: { SDDL: 'D:(OA;;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;WD)' },
};
const ofDomain = {
  ...{ code: HelperCode.invalidParameter, when: 'it names an account or group of a domain by letters: a SID does it' },
  input: { SDDL: 'O:DA' },
};
const noObject = {
  ...{ code: HelperCode.invalidDescriptor, when: 'it is none: an entry names nobody, say' },
  input: {
    Descriptor: new CimInstance('__SecurityDescriptor', [['DACL', [new CimInstance('__ACE', [['AccessMask', 1]])]]]),
  },
};
const noBytes = {
  ...{ code: HelperCode.invalidDescriptor, when: 'it is none: a part ends before it says, say' },
  input: { BinarySD: BYTES.BinarySD.slice(0, -1) },
};

/** Codes are those of WinError.h: no page names any. */
export const descriptorHelperTables: readonly MethodTable[] = [
  table('Win32SDToSDDL', [done(OBJECT, TEXT), missing, noObject]),
  table('Win32SDToBinarySD', [done(OBJECT, BYTES), missing, noObject]),
  table('SDDLToWin32SD', [done(TEXT, OBJECT), missing, noText, ofDomain]),
  table('SDDLToBinarySD', [done(TEXT, BYTES), missing, noText, ofDomain]),
  table('BinarySDToWin32SD', [done(BYTES, OBJECT), missing, noBytes]),
  table('BinarySDToSDDL', [done(BYTES, TEXT), missing, noBytes]),
];
