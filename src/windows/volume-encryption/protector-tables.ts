import type { MethodTable, Shown, TableValues } from '../method-table.js';
import { because, objectPath } from '../table-paths.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import { USER_THUMBPRINT } from './table-certificates.js';
import {
  Id,
  ifLocked,
  ifPlain,
  KEY,
  NO_SYSTEM_PROTECTORS,
  OTHER_KEY,
  PASSWORD,
  PLAIN,
  PROTECTED,
  PROTECTED_NOTE,
  policy,
  protectorNote,
  refused,
  SID,
  SYSTEM,
  SYSTEM_NOTE,
  TPM_OFF,
  table,
  tells,
} from './table-volumes.js';

const id = (VolumeKeyProtectorID: string) => ({ VolumeKeyProtectorID });
const DISC = because('no disc of a lab says that a computer starts from it', 0x80310030);
const OVERLAPPED = because('of calls at the same time one is after the other', 0x80310024);
const unknown = (input: TableValues = id(Id.none)) =>
  refused('invalidArgument', 'the volume has no key protector of this identifier', { input });
const ofType = (input: TableValues) => refused('invalidArgument', 'the key protector is of another type', { input });

/** Locks the volume, so that a key protector can be tried. */
const LOCK = { call: { method: 'Lock', on: PROTECTED } };
const unlocks = (method: string, input: TableValues): readonly Shown[] => [
  { call: { method, on: PROTECTED, input }, answers: { ReturnValue: 0 } },
  { get: PROTECTED, has: { ProtectionStatus: 1 } },
];
const bound = { call: { method: 'EnableAutoUnlock', on: PROTECTED, input: id(Id.external) } };
const suspended = { call: { method: 'DisableKeyProtectors', on: PROTECTED } };
const only = (...KeyProtectors: readonly string[]) => ({ set: PROTECTED_NOTE, to: { KeyProtectors } });
const decrypted = { set: PROTECTED_NOTE, to: { Conversion: 0, KeyProtectors: [Id.password] } };
const PLAIN_AGAIN: readonly Shown[] = [
  { get: PROTECTED, has: { PersistentVolumeID: '', IsVolumeInitializedForProtection: false } },
  { gone: protectorNote(Id.password) },
];

const telling: readonly MethodTable[] = [
  table('GetKeyProtectors', [
    tells('all of them', { VolumeKeyProtectorID: [Id.external, Id.password, Id.certificate, Id.passphrase, Id.sid] }),
    tells('of one type', { VolumeKeyProtectorID: [Id.password] }, { input: { KeyProtectorType: 3 } }),
    refused('invalidArgument', 'there is no such type', { input: { KeyProtectorType: 11 } }),
    ifPlain(),
  ]),
  table('IsKeyProtectorAvailable', [
    tells('of any type', { IsKeyProtectorAvailable: true }),
    tells(
      'of the type that is asked for',
      { IsKeyProtectorAvailable: false },
      {
        input: { KeyProtectorType: ProtectorType.tpm },
      },
    ),
    refused('invalidArgument', 'there is no such type', { input: { KeyProtectorType: 11 } }),
  ]),
  table('GetKeyProtectorType', [
    tells('always', { KeyProtectorType: ProtectorType.passphrase }, { input: id(Id.passphrase) }),
    ...[unknown(), ifPlain(id(Id.none))],
  ]),
  table('GetKeyProtectorFriendlyName', [
    tells('always', { FriendlyName: 'Stick' }, { input: id(Id.external) }),
    ...[unknown(), ifPlain(id(Id.none))],
  ]),
  table('GetKeyProtectorNumericalPassword', [
    tells('it is of the type', { NumericalPassword: PASSWORD }, { input: id(Id.password) }),
    ...[ofType(id(Id.external)), unknown(), ifLocked(id(Id.password)), ifPlain(id(Id.none))],
  ]),
  table('GetKeyProtectorExternalKey', [
    tells('it is of the type', { ExternalKey: KEY }, { input: id(Id.external) }),
    ...[ofType(id(Id.password)), unknown(), ifLocked(id(Id.external)), ifPlain(id(Id.none))],
  ]),
  table('GetKeyProtectorPlatformValidationProfile', [
    tells('it is of the TPM', { PlatformValidationProfile: [7, 11] }, { on: SYSTEM, input: id(Id.tpm) }),
    ...[ofType(id(Id.password)), ifPlain(id(Id.none))],
  ]),
  table(
    'GetKeyProtectorCertificate',
    [
      tells(
        'it is of a certificate',
        { CertThumbprint: USER_THUMBPRINT, PublicKey: [48, 89], CertType: 2 },
        { input: id(Id.certificate) },
      ),
      ...[ofType(id(Id.password)), ifLocked(id(Id.certificate)), ifPlain(id(Id.none))],
    ],
    because('a certificate that protects the volume is there to be told', 0x80310073),
  ),
  table('GetKeyProtectorAdSidInformation', [
    tells('it is of an account', { SidString: SID, Flags: 0 }, { input: id(Id.sid) }),
    ...[ofType(id(Id.password)), ifPlain(id(Id.none))],
  ]),
  table('GetKeyPackage', [
    tells('it is a numerical password, or an external key', { ReturnValue: 0 }, { input: id(Id.password) }),
    refused('protectorNotFound', 'the volume has no such key protector', { input: id(Id.none) }),
    refused('invalidProtectorType', 'it is of another type', { input: id(Id.passphrase) }),
    ...[ifLocked(id(Id.password)), ifPlain(id(Id.none))],
  ]),
  table('FindValidCertificates', [
    tells('always: those of the computer that are for BitLocker', { CertThumbprint: [USER_THUMBPRINT] }),
    refused('invalidBitLockerOid', 'CertificateOID of group policy is no object identifier', {
      given: [policy('CertificateOID', 'none')],
    }),
  ]),
];

const removing: readonly MethodTable[] = [
  table('DeleteKeyProtector', [
    {
      ...{ code: FveCode.success, when: 'it is not the last one, or nothing is encrypted', input: id(Id.sid) },
      shows: [
        { gone: protectorNote(Id.sid) },
        {
          call: { method: 'IsKeyProtectorAvailable', on: PROTECTED, input: { KeyProtectorType: 10 } },
          answers: { IsKeyProtectorAvailable: false },
        },
      ],
    },
    {
      ...{ code: FveCode.success, when: 'it is the last one, and nothing is encrypted: the volume is a plain one' },
      ...{ input: id(Id.password), given: [decrypted], shows: PLAIN_AGAIN },
    },
    refused('keyRequired', 'it is the last one, the volume is encrypted, and they are enabled', {
      ...{ given: [only(Id.password)], input: id(Id.password) },
    }),
    refused('volumeBoundAlready', 'the volume is unlocked by itself with it', {
      ...{ given: [bound], input: id(Id.external) },
    }),
    ...[unknown(), ifLocked(id(Id.password)), ifPlain(id(Id.none))],
  ]),
  table('DeleteKeyProtectors', [
    {
      ...{ code: FveCode.success, when: 'they are disabled', given: [suspended] },
      shows: [{ get: PROTECTED, has: { IsVolumeInitializedForProtection: false, ConversionStatus: 1 } }],
    },
    {
      ...{ code: FveCode.success, when: 'nothing is encrypted: the volume is a plain one' },
      ...{ given: [decrypted], shows: PLAIN_AGAIN },
    },
    refused('keyRequired', 'the volume is encrypted, and they are enabled'),
    refused('volumeBoundAlready', 'the volume is unlocked by itself with one of them', { given: [bound, suspended] }),
    ifLocked(),
  ]),
];

const pin = (VolumeKeyProtectorID: string, NewPIN: string) => ({ VolumeKeyProtectorID, NewPIN });
const phrase = (VolumeKeyProtectorID: string, NewPassphrase: string) => ({ VolumeKeyProtectorID, NewPassphrase });
const key = (VolumeKeyProtectorID: string, NewExternalKey: readonly number[]) => ({
  ...{ VolumeKeyProtectorID, NewExternalKey },
});

const changing: readonly MethodTable[] = [
  table(
    'ChangePIN',
    [
      {
        ...{ code: FveCode.success, when: 'it has a PIN', on: SYSTEM, input: pin(Id.pin, '8765') },
        shows: [{ get: protectorNote(Id.pin), has: { PIN: '8765' } }],
      },
      refused('invalidPinLength', 'NewPIN has fewer than 4 characters, or more than 20', {
        ...{ on: SYSTEM, input: pin(Id.pin, '123') },
      }),
      refused('invalidPinCharacters', 'it has not digits alone, and enhanced PINs are not allowed', {
        ...{ on: SYSTEM, input: pin(Id.pin, 'abcd') },
      }),
      refused('protectorNotFound', 'the volume has no such key protector', {
        ...{ on: SYSTEM, input: pin(Id.none, '8765') },
      }),
      refused('invalidProtectorType', 'it has no PIN', { on: SYSTEM, input: pin(Id.tpm, '8765') }),
      refused('tpmServiceNotRunning', 'the computer has no TPM that is on', {
        ...{ on: SYSTEM, given: [TPM_OFF], input: pin(Id.pin, '8765') },
      }),
      ...[ifLocked(pin(Id.pin, '8765')), ifPlain(pin(Id.pin, '8765'))],
    ],
    DISC,
  ),
  table(
    'ChangePassphrase',
    [
      {
        ...{ code: FveCode.success, when: 'it is a passphrase', input: phrase(Id.passphrase, 'Another one') },
        ...{ then: [LOCK], shows: unlocks('UnlockWithPassphrase', { Passphrase: 'Another one' }) },
      },
      refused('invalidPassphraseLength', 'NewPassphrase has fewer than 8 characters, or more than 256', {
        input: phrase(Id.passphrase, 'short'),
      }),
      refused('passphraseTooSimple', 'group policy wants three kinds of characters', {
        ...{ given: [policy('FDVPassphraseComplexity', 1n)], input: phrase(Id.passphrase, 'onlyletters') },
      }),
      refused('invalidProtectorType', 'it is none', { input: phrase(Id.password, 'Another one') }),
      ...[ifLocked(phrase(Id.passphrase, 'Another one')), ifPlain(phrase(Id.none, 'Another one'))],
    ],
    OVERLAPPED,
  ),
  table(
    'ChangeExternalKey',
    [
      {
        ...{ code: FveCode.success, when: 'it has an external key', input: key(Id.external, OTHER_KEY) },
        ...{ then: [LOCK], shows: unlocks('UnlockWithExternalKey', { ExternalKey: OTHER_KEY }) },
      },
      refused('invalidArgument', 'NewExternalKey has not 32 bytes', { input: key(Id.external, [1, 2, 3, 4]) }),
      refused('protectorNotFound', 'the volume has no such key protector', { input: key(Id.none, OTHER_KEY) }),
      refused('invalidProtectorType', 'it has no external key', { input: key(Id.password, OTHER_KEY) }),
      ...[ifLocked(key(Id.external, OTHER_KEY)), ifPlain(key(Id.none, OTHER_KEY))],
    ],
    DISC,
  ),
];

const BACKUP = policy('FDVActiveDirectoryBackup', 1n);
const NO_DOMAIN = { set: objectPath('Win32_ComputerSystem', { Name: 'SRV01' }), to: { PartOfDomain: false } };
const IN_DOMAIN = { set: objectPath('Win32_ComputerSystem', { Name: 'SRV01' }), to: { PartOfDomain: true } };

const suspending: readonly MethodTable[] = [
  table('DisableKeyProtectors', [
    {
      ...{ code: FveCode.success, when: 'the volume is encrypted: its key lies in the clear' },
      shows: [{ get: PROTECTED, has: { ProtectionStatus: 0, ConversionStatus: 1 } }],
    },
    {
      ...{ code: FveCode.success, when: 'of the volume of the system, for so many restarts' },
      ...{ on: SYSTEM, input: { DisableCount: 2 } },
      then: [{ call: { method: 'Reboot', on: 'Win32_OperatingSystem=@' } }],
      shows: [{ call: { method: 'GetSuspendCount', on: SYSTEM }, answers: { SuspendCount: 1 } }],
    },
    {
      ...{ code: FveCode.success, when: 'the volume is a plain one', on: PLAIN },
      shows: [{ call: { method: 'GetVersion', on: PLAIN }, answers: { Version: 2 } }],
    },
    refused('invalidArgument', 'DisableCount is more than 15', { on: SYSTEM, input: { DisableCount: 16 } }),
    refused('invalidArgument', 'it is given of a data volume', { input: { DisableCount: 1 } }),
    ifLocked(),
  ]),
  table('EnableKeyProtectors', [
    {
      ...{ code: FveCode.success, when: 'they are disabled', given: [suspended] },
      shows: [{ get: PROTECTED, has: { ProtectionStatus: 1 } }],
    },
    refused('secureKeyRequired', 'the volume has none', { on: SYSTEM, given: [NO_SYSTEM_PROTECTORS] }),
    ifPlain(),
  ]),
  table('GetSuspendCount', [
    tells(
      'they are disabled, of the volume of the system',
      { SuspendCount: 3 },
      {
        ...{ on: SYSTEM, given: [{ set: SYSTEM_NOTE, to: { IsSuspended: true, SuspendCount: 3 } }] },
      },
    ),
    refused('notSupported', 'they are not', { on: SYSTEM }),
    refused('notSupported', 'it is a data volume', { given: [suspended] }),
  ]),
  table('BackupRecoveryInformationToActiveDirectory', [
    {
      ...{ code: FveCode.success, when: 'group policy allows it, and the computer is in a domain' },
      ...{ given: [BACKUP, IN_DOMAIN], input: id(Id.password) },
      shows: [{ get: protectorNote(Id.password), has: { IsBackedUp: true } }],
    },
    refused('notPermitted', 'group policy does not allow it', { input: id(Id.password) }),
    refused('invalidProtectorType', 'it is no numerical password', { input: id(Id.external) }),
    refused('noSuchDomain', 'the computer is in no domain', { given: [BACKUP, NO_DOMAIN], input: id(Id.password) }),
    ifPlain(id(Id.none)),
  ]),
];

/** Methods that tell of key protectors, change, remove, disable and enable them. */
export const protectorTables: readonly MethodTable[] = [...telling, ...removing, ...changing, ...suspending];
