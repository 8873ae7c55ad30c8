import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { securityDescriptor } from '../security/security-descriptor.js';
import { SYSTEM } from '../security/well-known-sids.js';
import { NO_ADMINISTRATORS, tablesOn } from '../table-paths.js';
import { RegistryError } from './registry-error.js';

const { valueNotFound, keyNotFound, accessDenied, invalidHive, typeMismatch } = RegistryError;
const CLASS = 'StdRegProv';
const ALPHA = 'SOFTWARE\\Lab\\Agents\\alpha';
const MADE = 'SOFTWARE\\Lab\\Made\\Deep';
const NONE = 'SOFTWARE\\Lab\\None';
/** The system's own key: administrators may not read it. */
const CLOSED = 'SECURITY';

const table = tablesOn(CLASS, CLASS);

/** Leaves a key to the system alone. */
const closing: TableValues = {
  sSubKeyName: ALPHA,
  Descriptor: securityDescriptor(SYSTEM.sid, [{ sid: SYSTEM.sid, accessMask: 0xf003f, isDenied: false, flags: 2 }]),
};

/** What every method answers for a hive or key that there is not, or that the caller may not use. @param more other parameters */
function ofKeys(more: TableValues = {}): readonly ReachedCode[] {
  return [
    { code: keyNotFound, when: 'there is no such key', input: { sSubKeyName: NONE, ...more } },
    { code: accessDenied, when: 'the key is the system’s own', input: { sSubKeyName: CLOSED, ...more } },
    { code: invalidHive, when: 'there is no such hive', input: { hDefKey: 7, sSubKeyName: ALPHA, ...more } },
  ];
}

function shows(method: string, input: TableValues, answers: TableValues) {
  return { call: { method, on: CLASS, input }, answers: { ReturnValue: 0, ...answers } };
}

const VALUES: readonly (readonly [kind: string, type: number, values: TableValues])[] = [
  ['String', 1, { sValue: 'text' }],
  ['ExpandedString', 2, { sValue: '%None%' }],
  ['MultiString', 7, { sValue: ['one', 'two'] }],
  ['Binary', 3, { uValue: [1, 2] }],
  ['DWORD', 4, { uValue: 7 }],
  ['QWORD', 11, { uValue: 7n }],
];

const at = { sSubKeyName: ALPHA, sValueName: 'made' };

const valueTables = VALUES.flatMap(([kind, type, values]): MethodTable[] => [
  table(`Set${kind}Value`, [
    {
      code: 0,
      when: 'the key is there',
      input: { ...at, ...values },
      shows: [
        shows(`Get${kind}Value`, at, values),
        shows('EnumValues', { sSubKeyName: ALPHA }, { sNames: ['Version', 'made'], Types: [1, type] }),
      ],
    },
    ...ofKeys({ sValueName: 'made', ...values }),
  ]),
  table(`Get${kind}Value`, [
    {
      code: 0,
      when: 'the value is of this type',
      given: [{ call: { method: `Set${kind}Value`, on: CLASS, input: { ...at, ...values } } }],
      input: at,
      shows: [{ answers: values }],
    },
    { code: valueNotFound, when: 'the key has no such value', input: at },
    ...ofKeys({ sValueName: 'made' }),
    {
      code: typeMismatch,
      when: 'the value is of another type',
      given: [
        {
          call: {
            method: `Set${kind === 'DWORD' ? 'QWORD' : 'DWORD'}Value`,
            on: CLASS,
            input: { ...at, uValue: kind === 'DWORD' ? 1n : 1 },
          },
        },
      ],
      input: at,
    },
  ]),
]);

/** The methods of StdRegProv. The pages document 0 alone; the others are as scripts decode them. */
export const registryTables: readonly MethodTable[] = [
  ...valueTables,
  table('EnumKey', [
    {
      code: 0,
      when: 'the key is there',
      input: { sSubKeyName: 'SOFTWARE\\Lab\\Agents' },
      shows: [{ answers: { sNames: ['alpha', 'beta', 'gamma'] } }],
    },
    ...ofKeys(),
  ]),
  table('EnumValues', [
    {
      code: 0,
      when: 'the key is there',
      input: { sSubKeyName: ALPHA },
      shows: [{ answers: { sNames: ['Version'], Types: [1] } }],
    },
    ...ofKeys(),
  ]),
  table('CreateKey', [
    {
      code: 0,
      when: 'with those above it that are missing, or when it is there',
      input: { sSubKeyName: MADE },
      shows: [shows('EnumKey', { sSubKeyName: 'SOFTWARE\\Lab\\Made' }, { sNames: ['Deep'] })],
    },
    { code: accessDenied, when: 'the key above it is the system’s own', input: { sSubKeyName: `${CLOSED}\\Made` } },
    { code: invalidHive, when: 'there is no such hive', input: { hDefKey: 7, sSubKeyName: MADE } },
    { code: 87, when: 'it would lie directly below a hive', input: { sSubKeyName: 'Made' } },
    {
      code: 87,
      when: 'it would lie below more than 510 others',
      input: { sSubKeyName: `SOFTWARE${'\\a'.repeat(511)}` },
    },
  ]),
  table('DeleteKey', [
    {
      code: 0,
      when: 'the key has none below it',
      input: { sSubKeyName: ALPHA },
      shows: [shows('EnumKey', { sSubKeyName: 'SOFTWARE\\Lab\\Agents' }, { sNames: ['beta', 'gamma'] })],
    },
    { code: accessDenied, when: 'the key has keys below it', input: { sSubKeyName: 'SOFTWARE\\Lab\\Agents' } },
    ...ofKeys(),
  ]),
  table('DeleteValue', [
    {
      code: 0,
      when: 'the value is there',
      input: { sSubKeyName: ALPHA, sValueName: 'Version' },
      shows: [shows('EnumValues', { sSubKeyName: ALPHA }, { sNames: null })],
    },
    { code: keyNotFound, when: 'the key has no such value', input: at },
    ...ofKeys({ sValueName: 'made' }),
  ]),
  table('CheckAccess', [
    {
      code: 0,
      when: 'the caller has the rights',
      input: { sSubKeyName: ALPHA },
      shows: [{ answers: { bGranted: true } }],
    },
    {
      code: accessDenied,
      when: 'the caller has not all of them',
      given: [NO_ADMINISTRATORS],
      input: { sSubKeyName: ALPHA },
    },
    { code: keyNotFound, when: 'there is no such key', input: { sSubKeyName: NONE } },
    { code: invalidHive, when: 'there is no such hive', input: { hDefKey: 7 } },
  ]),
  table('GetSecurityDescriptor', [
    {
      code: 0,
      when: 'the caller may read it',
      input: { sSubKeyName: ALPHA },
      shows: [{ answers: { ReturnValue: 0 } }],
    },
    { code: keyNotFound, when: 'there is no such key', input: { sSubKeyName: NONE } },
    {
      code: accessDenied,
      when: 'the key is of others alone',
      given: [{ call: { method: 'SetSecurityDescriptor', on: CLASS, input: closing } }],
      input: { sSubKeyName: ALPHA },
    },
    { code: invalidHive, when: 'there is no such hive', input: { hDefKey: 7, sSubKeyName: ALPHA } },
  ]),
  table('SetSecurityDescriptor', [
    {
      code: 0,
      when: 'the caller may change it',
      input: closing,
      shows: [
        {
          call: { method: 'EnumValues', on: CLASS, input: { sSubKeyName: ALPHA } },
          answers: { ReturnValue: accessDenied },
        },
      ],
    },
    { code: keyNotFound, when: 'there is no such key', input: { ...closing, sSubKeyName: NONE } },
    { code: accessDenied, when: 'the caller may only read', given: [NO_ADMINISTRATORS], input: closing },
    { code: invalidHive, when: 'there is no such hive', input: { ...closing, hDefKey: 7 } },
  ]),
];
