import type { MethodTable, ReachedCode, Shown, TableValues } from '../method-table.js';
import { because } from '../table-paths.js';
import { FveCode } from './encryption-code.js';
import {
  SELF_SIGNED_CERTIFICATE,
  SELF_SIGNED_THUMBPRINT,
  USER_CERTIFICATE,
  USER_THUMBPRINT,
} from './table-certificates.js';
import {
  FIPS,
  hasCertificate,
  hasFile,
  Id,
  ifLocked,
  ifPlain,
  KEY,
  LOCKED,
  LOST,
  OTHER_KEY,
  OTHER_PASSWORD,
  PASSPHRASE,
  PASSWORD,
  PLAIN,
  PROTECTED,
  PROTECTED_NOTE,
  policy,
  protectorNote,
  RESTART,
  refused,
  SID,
  SYSTEM,
  SYSTEM_NOTE,
  table,
  tells,
  volume,
} from './table-volumes.js';

/** A volume is open: what is on it is seen again. */
const OPEN: readonly Shown[] = [
  { get: LOCKED, has: { ProtectionStatus: 1, ConversionStatus: 1 } },
  { get: volume('g'), has: { FileSystem: 'NTFS', FreeSpace: 536_870_912n } },
  { call: { method: 'GetLockStatus', on: LOCKED }, answers: { LockStatus: 0 } },
];
const unlocks = (when: string, input: TableValues, more: Partial<ReachedCode> = {}): ReachedCode => ({
  ...{ code: FveCode.success, when, on: LOCKED, input, shows: OPEN, ...more },
});
const NOT_FOUND = 'the volume has no key protector of the type';
const FAILED = 'it is another one';
const notFound = (input: TableValues) => refused('protectorNotFound', NOT_FOUND, { on: LOST, input });
const failed = (input: TableValues) => refused('failedAuthentication', FAILED, { on: LOCKED, input });

const FROM_VOLUME = {
  ...{ add: 'Win32_Process.Handle="9000"', with: { Name: 'app.exe', ExecutablePath: 'F:\\app.exe' } },
};

const lock = table('Lock', [
  {
    ...{ code: FveCode.success, when: 'the volume is encrypted, and can be unlocked again' },
    shows: [
      { get: PROTECTED, has: { ProtectionStatus: 2, ConversionStatus: null } },
      { get: volume('f'), has: { FileSystem: null, FreeSpace: null, Capacity: 1_073_741_824n } },
      { call: { method: 'GetLockStatus', on: PROTECTED }, answers: { LockStatus: 1 } },
    ],
  },
  {
    ...{ code: FveCode.success, when: 'ForceDismount: though a program runs from it', given: [FROM_VOLUME] },
    ...{ input: { ForceDismount: true }, shows: [{ get: PROTECTED, has: { ProtectionStatus: 2 } }] },
  },
  refused('accessDenied', 'a program runs from it', { given: [FROM_VOLUME] }),
  refused('accessDenied', 'the system is on it, or a page file', { on: SYSTEM, input: { ForceDismount: true } }),
  refused('notEncrypted', 'it is decrypted', { on: PLAIN }),
  refused('protectionDisabled', 'key protectors are disabled', {
    given: [{ call: { method: 'DisableKeyProtectors', on: PROTECTED } }],
  }),
  refused('recoveryKeyRequired', 'it has neither a numerical password nor an external key', {
    given: [{ set: PROTECTED_NOTE, to: { KeyProtectors: [Id.passphrase] } }],
  }),
]);

const password = (NumericalPassword: string) => ({ NumericalPassword });
const key = (ExternalKey: readonly number[]) => ({ ExternalKey });
const phrase = (Passphrase: string) => ({ Passphrase });
const thumbprint = (CertThumbprint: string) => ({ CertThumbprint, PIN: '' });
const FILE = { FileName: 'c:\\tools\\user.cer', PIN: '' };
const file = hasFile(FILE.FileName, USER_CERTIFICATE);
const NO_PRIVATE_KEY = [
  ...hasCertificate(SELF_SIGNED_THUMBPRINT, SELF_SIGNED_CERTIFICATE),
  { set: protectorNote(Id.certificate), to: { CertThumbprint: SELF_SIGNED_THUMBPRINT } },
];
const NO_FAILURE = because(
  'a certificate whose key protector and private key are there unlocks the volume',
  FveCode.failedAuthentication,
);

const unlocking: readonly MethodTable[] = [
  table('UnlockWithNumericalPassword', [
    unlocks('it is that of a key protector', password(PASSWORD.replaceAll('-', ''))),
    refused('invalidPasswordFormat', 'it has not the form', { on: LOCKED, input: password('1') }),
    ...[notFound(password(PASSWORD)), failed(password(OTHER_PASSWORD)), ifPlain(password(PASSWORD))],
  ]),
  table('UnlockWithExternalKey', [
    unlocks('it is that of a key protector', key(KEY)),
    refused('invalidArgument', 'it has not 32 bytes', { on: LOCKED, input: key([1, 2, 3, 4]) }),
    refused('notFound', NOT_FOUND, { on: LOST, input: key(KEY) }),
    refused('invalidPassword', FAILED, { on: LOCKED, input: key(OTHER_KEY) }),
    ifPlain(key(KEY)),
  ]),
  table('UnlockWithPassphrase', [
    unlocks('it is that of a key protector', phrase(PASSPHRASE)),
    refused('invalidPassphraseLength', 'it has fewer than 8 characters, or more than 256', {
      ...{ on: LOCKED, input: phrase('short') },
    }),
    refused('passphraseTooSimple', 'group policy wants three kinds of characters', {
      ...{ on: LOCKED, given: [policy('FDVPassphraseComplexity', 1n)], input: phrase('onlyletters') },
    }),
    refused('fipsPreventsPassphrase', 'only algorithms of FIPS 140 are allowed', {
      ...{ on: LOCKED, given: [FIPS], input: phrase(PASSPHRASE) },
    }),
    ...[notFound(phrase(PASSPHRASE)), failed(phrase('Another one')), ifPlain(phrase(PASSPHRASE))],
  ]),
  table(
    'UnlockWithCertificateFile',
    [
      unlocks('it has the certificate of a key protector', FILE, { given: file }),
      refused('fileNotFound', 'there is no such file', { on: LOCKED, input: FILE }),
      refused('protectorNotFound', 'no key protector is of the certificate', { on: LOST, given: file, input: FILE }),
      refused('privateKeyNotAuthorized', 'PIN has not 4 to 20 digits, or the computer has no private key', {
        ...{ on: LOCKED, given: file, input: { ...FILE, PIN: 'pin' } },
      }),
      ifPlain(FILE),
    ],
    NO_FAILURE,
  ),
  table('UnlockWithCertificateThumbprint', [
    unlocks('it is that of a key protector', thumbprint(USER_THUMBPRINT)),
    unlocks('it is 0, and the computer has one certificate for BitLocker', thumbprint('0')),
    refused('failedAuthentication', 'it is 0, and the computer has several', {
      ...{ on: LOCKED, given: hasCertificate(SELF_SIGNED_THUMBPRINT, SELF_SIGNED_CERTIFICATE), input: thumbprint('0') },
    }),
    refused('protectorNotFound', 'no key protector is of the certificate', {
      ...{ on: LOST, input: thumbprint(USER_THUMBPRINT) },
    }),
    refused('privateKeyNotAuthorized', 'the computer has no private key of it', {
      ...{ on: LOCKED, given: NO_PRIVATE_KEY, input: thumbprint(SELF_SIGNED_THUMBPRINT) },
    }),
    ifPlain(thumbprint(USER_THUMBPRINT)),
  ]),
  table('UnlockWithAdSid', [
    unlocks(
      'the caller is it, or a member',
      { SidString: 'S-1-1-0' },
      {
        given: [{ set: protectorNote(Id.sid), to: { SidString: 'S-1-1-0' } }],
      },
    ),
    refused('failedAuthentication', 'the caller is somebody else', {
      ...{ on: LOCKED, input: { SidString: 'S-1-5-18' } },
      given: [{ set: protectorNote(Id.sid), to: { SidString: 'S-1-5-18' } }],
    }),
    ...[notFound({ SidString: SID }), ifPlain({ SidString: SID })],
  ]),
];

const external = { VolumeKeyProtectorID: Id.external };
const bound = { call: { method: 'EnableAutoUnlock', on: PROTECTED, input: external } };
const isBound = (IsAutoUnlockEnabled: boolean) => ({
  ...{ call: { method: 'IsAutoUnlockEnabled', on: PROTECTED }, answers: { IsAutoUnlockEnabled } },
});
const UNPROTECTED_SYSTEM = { set: SYSTEM_NOTE, to: { IsSuspended: true } };

const autoUnlocking: readonly MethodTable[] = [
  table('EnableAutoUnlock', [
    {
      ...{ code: FveCode.success, when: 'the volume of the system is protected: a restart leaves the volume open' },
      ...{ input: external, then: [RESTART] },
      shows: [
        isBound(true),
        { get: PROTECTED, has: { ProtectionStatus: 1 } },
        { call: { method: 'IsAutoUnlockKeyStored', on: SYSTEM }, answers: { IsAutoUnlockKeyStored: true } },
      ],
    },
    refused('invalidArgument', 'it is no external key of the volume', {
      input: { VolumeKeyProtectorID: Id.password },
    }),
    refused('notDataVolume', 'the system is on the volume', { on: SYSTEM, input: external }),
    refused('volumeBoundAlready', 'the volume is unlocked by itself already', { given: [bound], input: external }),
    refused('osNotProtected', 'the volume of the system is not protected', {
      ...{ given: [UNPROTECTED_SYSTEM], input: external },
    }),
    ...[ifLocked(external), ifPlain(external)],
  ]),
  table('DisableAutoUnlock', [
    {
      ...{ code: FveCode.success, when: 'it is unlocked by itself: a restart locks it from then on' },
      ...{ given: [bound], then: [RESTART], shows: [isBound(false), { get: PROTECTED, has: { ProtectionStatus: 2 } }] },
    },
    refused('volumeNotBound', 'it is not'),
    refused('notDataVolume', 'the system is on the volume', { on: SYSTEM }),
    ifPlain(),
  ]),
  table('IsAutoUnlockEnabled', [
    tells('it is', { IsAutoUnlockEnabled: true, VolumeKeyProtectorID: Id.external }, { given: [bound] }),
    tells('it is not', { IsAutoUnlockEnabled: false, VolumeKeyProtectorID: '' }),
    refused('notDataVolume', 'the system is on the volume', { on: SYSTEM }),
    ifPlain(),
  ]),
  table('IsAutoUnlockKeyStored', [
    tells('a data volume is unlocked by itself', { IsAutoUnlockKeyStored: true }, { on: SYSTEM, given: [bound] }),
    tells('none is', { IsAutoUnlockKeyStored: false }, { on: SYSTEM }),
    refused('notOsVolume', 'the system is on another volume'),
    ifPlain(),
  ]),
  table('ClearAllAutoUnlockKeys', [
    {
      ...{ code: FveCode.success, when: 'always', on: SYSTEM, given: [bound], shows: [isBound(false)] },
    },
    refused('notOsVolume', 'the system is on another volume'),
    ifPlain(),
  ]),
];

/** Methods that lock volumes and unlock them, and have that done. */
export const lockTables: readonly MethodTable[] = [lock, ...unlocking, ...autoUnlocking];
