import type { MethodTable, Shown, TableValues } from '../method-table.js';
import { NO_ADMINISTRATORS, objectPath } from '../table-paths.js';
import { FveCode } from './encryption-code.js';
import { hardwareTestRows } from './hardware-test-tables.js';
import {
  DECRYPTED_SYSTEM,
  DECRYPTING,
  ENCRYPTING,
  halfDone,
  huge,
  Id,
  ifLocked,
  LOCKED,
  NO_SYSTEM_PROTECTORS,
  PLAIN,
  PROTECTED,
  PROTECTED_NOTE,
  policy,
  protectorNote,
  refused,
  SYSTEM,
  SYSTEM_NOTE,
  table,
  tells,
} from './table-volumes.js';

const NOTHING_ENCRYPTS_ITSELF = { SelfEncryptionDriveEncryptionMethod: null };
const status = (ConversionStatus: number, EncryptionPercentage: number) => ({ ConversionStatus, EncryptionPercentage });
const has = (get: string, values: TableValues): readonly Shown[] => [{ get, has: values }];
const CLUSTER = { add: objectPath('Win32_Service', { Name: 'ClusSvc' }), with: { State: 'Running' } };
const PASSWORD_WANTED = policy('FDVRequireActiveDirectoryBackup', 1n);
const withKey = { call: { method: 'ProtectKeyWithExternalKey', on: PLAIN } };
const DECRYPTED = { set: PROTECTED_NOTE, to: { Conversion: 0, EncryptionMethod: 0 } };

const encrypt = table('Encrypt', [
  {
    ...{ code: FveCode.success, when: 'the volume is decrypted, and has a key protector', on: PLAIN },
    ...{ given: [huge('d'), withKey] },
    shows: [
      { get: PLAIN, has: { ConversionStatus: 2, EncryptionMethod: 6, ProtectionStatus: 0 } },
      { call: { method: 'GetConversionStatus', on: PLAIN }, answers: { ...status(2, 0), EncryptionFlags: 0 } },
    ],
  },
  {
    ...{ code: FveCode.success, when: 'only what is used, by AES 256, and it is waited for', on: PLAIN },
    ...{ given: [withKey], input: { EncryptionMethod: 4, EncryptionFlags: 0x10001 } },
    shows: has(PLAIN, { ConversionStatus: 1, EncryptionMethod: 4, ProtectionStatus: 1 }),
  },
  {
    ...{ code: FveCode.success, when: 'key protectors are disabled: the key lies in the clear', on: PLAIN },
    ...{ given: [huge('d'), { call: { method: 'DisableKeyProtectors', on: PLAIN } }] },
    shows: has(PLAIN, { ConversionStatus: 2, IsVolumeInitializedForProtection: false }),
  },
  {
    ...{ code: FveCode.success, when: 'it is being decrypted: what was decrypted is encrypted again' },
    ...{ given: [DECRYPTING], shows: has(PROTECTED, { ConversionStatus: 2 }) },
  },
  {
    ...{ code: FveCode.success, when: 'it is being decrypted, and only what is used is to be encrypted again' },
    ...{ given: [DECRYPTING], input: { EncryptionFlags: 1 } },
    shows: [
      { call: { method: 'GetConversionStatus', on: PROTECTED }, answers: { ConversionStatus: 2, EncryptionFlags: 1 } },
    ],
  },
  {
    ...{ code: FveCode.success, when: 'free space of an encrypted volume is wiped', input: { EncryptionFlags: 2 } },
    given: [huge('f')],
    shows: [{ call: { method: 'GetConversionStatus', on: PROTECTED }, answers: { WipingStatus: 2 } }],
  },
  refused('invalidArgument', 'EncryptionMethod is none of 3, 4, 6 and 7', { input: { EncryptionMethod: 1 } }),
  refused('invalidArgument', 'group policy wants another method', {
    ...{ given: [policy('EncryptionMethodWithXtsFdv', 7n)], input: { EncryptionMethod: 6 } },
  }),
  refused('invalidArgument', 'EncryptionFlags has other bits', { input: { EncryptionFlags: 4 } }),
  refused('invalidArgument', 'free space is to be wiped of a volume that is being decrypted', {
    ...{ given: [DECRYPTING], input: { EncryptionFlags: 2 } },
  }),
  refused('invalidArgument', 'free space is to be wiped, and is being wiped', {
    ...{ given: [{ set: PROTECTED_NOTE, to: { Wiping: 2, ...halfDone('Wiping') } }], input: { EncryptionFlags: 2 } },
  }),
  refused('cannotSetKeyEncrypted', 'it is encrypted by another method', { input: { EncryptionMethod: 7 } }),
  refused('cannotEncryptNoKey', 'it has no key protector, and they are not disabled', { on: PLAIN }),
  refused('policyPasswordRequired', 'group policy wants a numerical password, and there is none', {
    ...{ on: PLAIN, given: [PASSWORD_WANTED, withKey] },
  }),
  refused('clusteringNotSupported', 'the cluster service runs', { given: [CLUSTER] }),
  ifLocked(),
  refused('accessDenied', 'the caller is no administrator, as for all methods', { given: [NO_ADMINISTRATORS] }),
]);

const afterTest = table('EncryptAfterHardwareTest', [
  {
    ...{ code: FveCode.success, when: 'the volume of the system is decrypted: it is tested at the next start' },
    ...{ on: SYSTEM, given: [DECRYPTED_SYSTEM, { set: SYSTEM_NOTE, to: { KeyProtectors: [Id.tpm] } }] },
    shows: [
      { call: { method: 'GetHardwareTestStatus', on: SYSTEM }, answers: { TestStatus: 2, TestError: 0 } },
      { get: SYSTEM, has: { ConversionStatus: 0 } },
    ],
  },
  refused('invalidArgument', 'EncryptionMethod is none of 3, 4, 6 and 7', {
    ...{ on: SYSTEM, input: { EncryptionMethod: 5 } },
  }),
  refused('notOsVolume', 'the running system is on another volume'),
  refused('notDecrypted', 'the volume is encrypted', { on: SYSTEM }),
  refused('cannotEncryptNoKey', 'it has no key protector, and they are not disabled', {
    ...{ on: SYSTEM, given: [DECRYPTED_SYSTEM, NO_SYSTEM_PROTECTORS] },
  }),
  refused('policyPasswordRequired', 'group policy wants a numerical password, and there is none', {
    on: SYSTEM,
    given: [
      ...[DECRYPTED_SYSTEM, policy('OSRequireActiveDirectoryBackup', 1n)],
      { set: SYSTEM_NOTE, to: { KeyProtectors: [Id.tpm] } },
    ],
  }),
  refused('noProtectorsToTest', 'neither the TPM nor an external key protects it', {
    ...{ on: SYSTEM, given: [DECRYPTED_SYSTEM, { set: SYSTEM_NOTE, to: { KeyProtectors: [Id.password] } }] },
  }),
  refused('clusteringNotSupported', 'the cluster service runs', { on: SYSTEM, given: [CLUSTER] }),
]);

const decrypt = table('Decrypt', [
  {
    ...{ code: FveCode.success, when: 'the volume is encrypted' },
    given: [huge('f')],
    shows: [
      { get: PROTECTED, has: { ConversionStatus: 3, ProtectionStatus: 0 } },
      { call: { method: 'GetConversionStatus', on: PROTECTED }, answers: { ConversionStatus: 3 } },
    ],
  },
  {
    ...{ code: FveCode.success, when: 'it is being encrypted: what was encrypted is decrypted' },
    ...{ given: [ENCRYPTING], shows: has(PROTECTED, { ConversionStatus: 3 }) },
  },
  {
    ...{ code: FveCode.success, when: 'it is over: the volume is a plain one, without key protectors' },
    given: [{ set: PROTECTED_NOTE, to: { Conversion: 3 } }],
    shows: [
      { get: PROTECTED, has: { ConversionStatus: 0, EncryptionMethod: 0, PersistentVolumeID: '' } },
      { gone: protectorNote(Id.password) },
    ],
  },
  ifLocked(),
  refused('autoUnlockEnabled', 'keys that unlock data volumes lie on the volume of the system', {
    on: SYSTEM,
    given: [{ call: { method: 'EnableAutoUnlock', on: PROTECTED, input: { VolumeKeyProtectorID: Id.external } } }],
  }),
]);

const paused = { call: { method: 'PauseConversion', on: PROTECTED } };

export const conversionTables: readonly MethodTable[] = [
  ...[encrypt, afterTest, decrypt],
  table('PauseConversion', [
    {
      ...{ code: FveCode.success, when: 'the volume is being encrypted', given: [ENCRYPTING] },
      shows: has(PROTECTED, { ConversionStatus: 4 }),
    },
    {
      ...{ code: FveCode.success, when: 'it is being decrypted', given: [DECRYPTING] },
      shows: has(PROTECTED, { ConversionStatus: 5 }),
    },
    {
      ...{ code: FveCode.success, when: 'nothing is on its way: nothing happens' },
      shows: has(PROTECTED, { ConversionStatus: 1 }),
    },
    ifLocked(),
  ]),
  table('ResumeConversion', [
    {
      ...{ code: FveCode.success, when: 'it was paused', given: [ENCRYPTING, paused] },
      shows: has(PROTECTED, { ConversionStatus: 2 }),
    },
    ifLocked(),
  ]),
  table('GetConversionStatus', [
    tells('the volume is encrypted', { ...status(1, 100), EncryptionFlags: 0, WipingStatus: 0, WipingPercentage: 0 }),
    tells('half of it is', status(2, 50), { given: [ENCRYPTING] }),
    tells('half of it is no longer', status(3, 50), { given: [DECRYPTING] }),
    tells('with PrecisionFactor 2, hundredths of percents', status(4, 5000), {
      ...{ given: [ENCRYPTING, paused], input: { PrecisionFactor: 2 } },
    }),
    tells(
      'half of its free space is wiped',
      { WipingStatus: 3, WipingPercentage: 50 },
      { given: [{ set: PROTECTED_NOTE, to: { Wiping: 2, ...halfDone('Wiping') } }, paused] },
    ),
    tells('it is a plain one', status(0, 0), { on: PLAIN }),
    refused('invalidArgument', 'PrecisionFactor is more than 4', { input: { PrecisionFactor: 5 } }),
    ifLocked(),
  ]),
  table('GetEncryptionMethod', [
    tells('always', { EncryptionMethod: 6, ...NOTHING_ENCRYPTS_ITSELF }),
    tells('it is decrypted', { EncryptionMethod: 0 }, { given: [DECRYPTED] }),
  ]),
  table('GetHardwareEncryptionStatus', [
    tells('the volume is encrypted: by software', { HardwareEncryptionStatus: 2 }),
    tells('it is not', { HardwareEncryptionStatus: 0 }, { on: PLAIN }),
  ]),
  table('GetHardwareTestStatus', [
    tells('no test has been asked for', { TestStatus: 0, TestError: 0 }, { on: SYSTEM }),
    ...hardwareTestRows,
    ifLocked(),
  ]),
  table('GetProtectionStatus', [
    tells('the volume is encrypted, and its key protected', { ProtectionStatus: 1 }),
    tells(
      'key protectors are disabled',
      { ProtectionStatus: 0 },
      {
        given: [{ call: { method: 'DisableKeyProtectors', on: PROTECTED } }],
      },
    ),
    tells('it is encrypted in part', { ProtectionStatus: 0 }, { given: [ENCRYPTING] }),
    tells('it is locked', { ProtectionStatus: 2 }, { on: LOCKED }),
  ]),
  table('GetLockStatus', [
    tells('the volume is unlocked', { LockStatus: 0 }),
    tells('it is locked', { LockStatus: 1 }, { on: LOCKED }),
  ]),
];
