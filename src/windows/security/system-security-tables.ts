import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { because, NO_ADMINISTRATORS, tablesOn } from '../table-paths.js';
import { WmiError } from '../wmi-error.js';
import { descriptorBytes } from './descriptor-bytes.js';
import { Control, type DescriptorEntry, type DescriptorParts, instanceOf } from './descriptor-parts.js';
import { ALL_RIGHTS, NamespaceRight } from './namespace-security.js';
import { AceFlags } from './security-descriptor.js';
import { SecurityCode } from './system-security.js';
import { ADMINISTRATORS, EVERYONE } from './well-known-sids.js';

const ON = '__SystemSecurity=@';
const BELOW = 'root/cimv2/power:__SystemSecurity=@';
const table = tablesOn('__SystemSecurity', ON);

const administrators: DescriptorEntry = { type: 0, flags: 0, accessMask: ALL_RIGHTS, sid: ADMINISTRATORS.sid };

/** A descriptor that inherits nothing, so that it is given back as it was. */
function descriptor(...dacl: readonly DescriptorEntry[]): DescriptorParts {
  const control = Control.selfRelative | Control.daclPresent | Control.daclProtected;
  return { control, owner: ADMINISTRATORS.sid, group: ADMINISTRATORS.sid, dacl, sacl: undefined };
}

const given = descriptor(administrators);
const bytesOf = (parts: DescriptorParts): TableValues => ({ SD: descriptorBytes(parts) ?? null });
const objectOf = (parts: DescriptorParts): TableValues => ({ Descriptor: instanceOf(parts) });
const withEntry = (entry: Partial<DescriptorEntry>) => descriptor(administrators, { ...administrators, ...entry });

/** What it must not say. */
const wrong: readonly (readonly [when: string, parts: DescriptorParts])[] = [
  ['there is no DACL', { ...given, dacl: undefined }],
  ['neither owner nor group is given', { ...given, owner: undefined, group: undefined }],
  ['full write is given without partial write and provider write', withEntry({ accessMask: NamespaceRight.fullWrite })],
  ['an entry is for namespaces below alone, which do not inherit it', withEntry({ flags: AceFlags.InheritOnly })],
  ['a right is none of a namespace', withEntry({ accessMask: 0x100 })],
  ['a flag of an entry is not known', withEntry({ flags: 0x40 })],
  ['an entry neither allows nor denies', withEntry({ type: 2 })],
];

const refused = (code: number, when: string, input?: TableValues): ReachedCode => ({
  ...{ code, when, given: [NO_ADMINISTRATORS] },
  ...(input && { input }),
});

const inherited = {
  ...{ sid: EVERYONE.sid, type: 0, accessMask: NamespaceRight.enable },
  flags: AceFlags.ContainerInherit | AceFlags.Inherited,
};
const ofPower = {
  ...given,
  dacl: [inherited],
  control: Control.selfRelative | Control.daclPresent | Control.daclInherited,
};

const REASONS = {
  ...because('nothing fails in a model for a reason that nobody knows', 8),
  ...because('privileges are a matter of roles: the call ends with a fault', 9),
};
const denied = (right: string) => `the list gives the caller no ${right}`;

/** Codes from 0x80041000 on are WMI's constants, which the pages name. */
export const systemSecurityTables: readonly MethodTable[] = [
  table(
    'GetSD',
    [
      {
        ...{ code: WmiError.none, when: 'always: what was set, and what is inherited from the namespaces above' },
        given: [{ call: { method: 'SetSD', on: ON, input: bytesOf(given) } }],
        shows: [{ answers: bytesOf(given) }],
      },
      refused(WmiError.accessDenied, denied('READ_CONTROL')),
    ],
    because('it is supported', WmiError.methodDisabled),
  ),
  table(
    'SetSD',
    [
      {
        ...{ code: WmiError.none, when: 'it is one of a namespace: it is kept, and keeps nobody out: roles do' },
        input: bytesOf(given),
        shows: [{ call: { method: 'GetSecurityDescriptor', on: ON }, answers: objectOf(given) }],
      },
      {
        ...{ code: WmiError.none, when: 'an entry is for the namespaces below as well' },
        input: bytesOf(
          withEntry({ sid: EVERYONE.sid, accessMask: NamespaceRight.enable, flags: AceFlags.ContainerInherit }),
        ),
        shows: [{ call: { method: 'GetSD', on: BELOW }, answers: bytesOf(ofPower) }],
      },
      refused(WmiError.accessDenied, denied('WRITE_DAC'), bytesOf(given)),
      { code: WmiError.invalidObject, when: 'the bytes are no security descriptor', input: { SD: [1, 2, 3] } },
      ...wrong.map(([when, parts]) => ({ code: WmiError.invalidParameter, when, input: bytesOf(parts) })),
    ],
    because('it is supported', WmiError.methodDisabled),
  ),
  table(
    'GetSecurityDescriptor',
    [
      {
        ...{ code: SecurityCode.success, when: 'always, as GetSD' },
        given: [{ call: { method: 'SetSecurityDescriptor', on: ON, input: objectOf(given) } }],
        shows: [{ answers: objectOf(given) }],
      },
      refused(SecurityCode.accessDenied, denied('READ_CONTROL')),
    ],
    { ...REASONS, ...because('it has no parameter that could be wrong', 21) },
  ),
  table(
    'SetSecurityDescriptor',
    [
      {
        ...{ code: SecurityCode.success, when: 'it is one of a namespace' },
        input: objectOf(given),
        shows: [{ call: { method: 'GetSD', on: ON }, answers: bytesOf(given) }],
      },
      refused(SecurityCode.accessDenied, denied('WRITE_DAC'), objectOf(given)),
      {
        ...{ code: SecurityCode.invalidParameter, when: 'the DACL has more than the 64 KiB that a list may have' },
        input: objectOf(descriptor(...Array.from({ length: 3000 }, () => administrators))),
      },
      ...wrong
        // An owner and a group that are not given stay.
        .filter(([, { owner }]) => owner !== undefined)
        .map(([when, parts]) => ({ code: SecurityCode.invalidParameter, when, input: objectOf(parts) })),
    ],
    REASONS,
  ),
  table(
    'GetCallerAccessRights',
    [
      {
        ...{ code: WmiError.none, when: 'the caller is an administrator, as the list has it' },
        shows: [{ answers: { rights: ALL_RIGHTS } }],
      },
      {
        ...{ code: WmiError.none, when: 'anybody else' },
        ...{ given: [NO_ADMINISTRATORS], shows: [{ answers: { rights: 0x13 } }] },
      },
    ],
    because('it is supported', WmiError.methodDisabled),
  ),
  ...['Get9XUserList', 'Set9XUserList'].map((name) =>
    table(name, [{ code: WmiError.methodDisabled, when: 'always: it is of a Windows without security descriptors' }]),
  ),
];
