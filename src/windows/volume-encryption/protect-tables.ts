import type { MethodTable, ReachedCode, TableValues } from '../method-table.js';
import { because, objectPath } from '../table-paths.js';
import { FveCode } from './encryption-code.js';
import {
  SELF_SIGNED_CERTIFICATE,
  SELF_SIGNED_THUMBPRINT,
  SERVER_THUMBPRINT,
  USER_CERTIFICATE,
  USER_THUMBPRINT,
} from './table-certificates.js';
import {
  FIPS,
  hasCertificate,
  hasFile,
  ifLocked,
  KEY,
  NO_SYSTEM_PROTECTORS,
  OTHER_KEY,
  PASSWORD,
  PLAIN,
  PROTECTED_NOTE,
  policy,
  refused,
  SID,
  SYSTEM,
  TPM_OFF,
  table,
  tells,
} from './table-volumes.js';

const DISC = 'no disc of a lab says that a computer starts from it';
const ACTIVATING = because('a key protector is what BitLocker is enabled by', FveCode.notActivated);
const FOREIGN = refused('foreignVolume', 'the running system is on another volume', { on: PLAIN });
const EXISTS = 'the volume has a key protector of the type';

/** A method adds a key protector of a type, the first one, to a volume. */
function adds(
  when: string,
  KeyProtectorType: number,
  on: string,
  input?: TableValues,
  more: Partial<ReachedCode> = {},
) {
  return {
    ...{ code: FveCode.success, when, on, ...(input && { input }), ...more },
    shows: [
      {
        call: { method: 'IsKeyProtectorAvailable', on, input: { KeyProtectorType } },
        answers: { IsKeyProtectorAvailable: true },
      },
      { get: on, has: { IsVolumeInitializedForProtection: true } },
    ],
  } satisfies ReachedCode;
}

/** What a method of the TPM has besides what all have. */
interface WithTpm {
  readonly method: string;
  readonly type: number;
  readonly input: TableValues;
  readonly shortest?: number;
  readonly hasKey?: boolean;
}

function withTpm({ method, type, input, shortest, hasKey = false }: WithTpm): MethodTable {
  const on = SYSTEM;
  const pins =
    shortest === undefined
      ? []
      : [
          refused('invalidPinLength', `PIN has fewer than ${shortest} characters, or more than 20`, {
            ...{ on, input: { ...input, PIN: '1'.repeat(shortest - 1) } },
          }),
          refused('invalidPinLength', 'group policy wants a longer one', {
            ...{ on, given: [policy('MinimumPIN', 10n)], input },
          }),
          refused('invalidPinCharacters', 'PIN has not digits alone, and enhanced PINs are not allowed', {
            ...{ on, input: { ...input, PIN: 'letters' } },
          }),
        ];
  const keys = hasKey
    ? [refused('invalidArgument', 'ExternalKey has not 32 bytes', { on, input: { ...input, ExternalKey: [1] } })]
    : [];
  return table(
    method,
    [
      adds('the volume of the system has none of the type', type, on, input, { given: [NO_SYSTEM_PROTECTORS] }),
      ...pins,
      ...keys,
      refused('invalidArgument', 'PlatformValidationProfile names a register above 23', {
        ...{ on, input: { ...input, PlatformValidationProfile: [11, 24] } },
      }),
      refused('invalidArgument', 'it lacks the register 11', {
        ...{ on, input: { ...input, PlatformValidationProfile: [0, 7] } },
      }),
      refused('tpmServiceNotRunning', 'the computer has no TPM that is on', { on, given: [TPM_OFF], input }),
      ...[ifLocked(input), { ...FOREIGN, input }],
      refused('protectorExists', EXISTS, { on, input }),
    ],
    because(DISC, 0x80310030),
  );
}

const FILE = 'c:\\tools\\user.cer';
const SELF_FILE = 'c:\\tools\\self.cer';
const files = [...hasFile(FILE, USER_CERTIFICATE), ...hasFile(SELF_FILE, SELF_SIGNED_CERTIFICATE)];

/** Rows that the two methods of certificates have in common. */
const ofCertificates = (input: TableValues, selfSigned: TableValues, given: ReachedCode['given'] = []) => [
  refused('userCertificateNotAllowed', 'group policy allows none', {
    ...{ on: PLAIN, given: [...given, policy('FDVAllowUserCert', 0n)], input },
  }),
  refused('userCertificateNotAllowed', 'the system is on the volume', { on: SYSTEM, given, input }),
  refused('userCertificateMustBeHardware', 'group policy wants a smart card', {
    ...{ on: PLAIN, given: [...given, policy('FDVEnforceUserCert', 1n)], input },
  }),
  refused('selfSignedProhibited', 'it signed itself, and group policy does not take that', {
    ...{ on: PLAIN, given: [...given, policy('SelfSignedCertificates', 0n)], input: selfSigned },
  }),
];

const passphrase = 'Passphrase of D';
const SAFE_MODE = {
  ...{ set: objectPath('Win32_ComputerSystem', { Name: 'SRV01' }), to: { BootupState: 'Fail-safe boot' } },
};

const withPassphrase = table(
  'ProtectKeyWithPassphrase',
  [
    adds('it is a data volume, and has none', 8, PLAIN, { Passphrase: passphrase }),
    refused('invalidPassphraseLength', 'it has fewer than 8 characters, or more than 256', {
      ...{ on: PLAIN, input: { Passphrase: 'short' } },
    }),
    refused('invalidPassphraseLength', 'group policy wants a longer one', {
      ...{ on: PLAIN, given: [policy('FDVPassphraseLength', 20n)], input: { Passphrase: passphrase } },
    }),
    refused('passphraseTooSimple', 'group policy wants three kinds of characters', {
      ...{ on: PLAIN, given: [policy('FDVPassphraseComplexity', 1n)], input: { Passphrase: 'onlyletters' } },
    }),
    refused('passphraseNotAllowed', 'group policy allows none', {
      ...{ on: PLAIN, given: [policy('FDVPassphrase', 0n)], input: { Passphrase: passphrase } },
    }),
    refused('fipsPreventsPassphrase', 'only algorithms of FIPS 140 are allowed', {
      ...{ on: PLAIN, given: [FIPS], input: { Passphrase: passphrase } },
    }),
    refused('osPassphraseNotAllowed', 'the system is on the volume, and group policy does not allow it', {
      ...{ on: SYSTEM, input: { Passphrase: passphrase } },
    }),
    refused('notAllowedInSafeMode', 'the system runs in safe mode', {
      ...{ on: PLAIN, given: [SAFE_MODE], input: { Passphrase: passphrase } },
    }),
    refused('keyProtectorNotSupported', 'the volume has the format of Windows Vista', {
      ...{ given: [{ set: PROTECTED_NOTE, to: { Version: 1 } }], input: { Passphrase: passphrase } },
    }),
    refused('protectorExists', EXISTS, { input: { Passphrase: passphrase } }),
    ifLocked({ Passphrase: passphrase }),
  ],
  {
    ...because('of calls at the same time one is after the other', 0x80310024),
    ...because('the page has the number of another code; the constant of its name is 2150694961', 0x80310030),
  },
);

/** Methods that give a volume key protectors. */
export const protectTables: readonly MethodTable[] = [
  withTpm({ method: 'ProtectKeyWithTPM', type: 1, input: { FriendlyName: 'TPM' } }),
  withTpm({ method: 'ProtectKeyWithTPMAndPIN', type: 4, input: { PIN: '246810' }, shortest: 6 }),
  withTpm({ method: 'ProtectKeyWithTPMAndStartupKey', type: 5, input: { ExternalKey: KEY }, hasKey: true }),
  withTpm({
    ...{ method: 'ProtectKeyWithTPMAndPINAndStartupKey', type: 6, input: { PIN: '2468' }, shortest: 4, hasKey: true },
  }),
  table(
    'ProtectKeyWithExternalKey',
    [
      adds('with a key that is given', 2, PLAIN, { ExternalKey: OTHER_KEY }),
      adds('with a new one', 2, PLAIN, { FriendlyName: 'Stick' }),
      refused('invalidArgument', 'ExternalKey has not 32 bytes', { on: PLAIN, input: { ExternalKey: [1, 2, 3, 4] } }),
      refused('invalidArgument', 'a byte of ExternalKey is NULL', {
        ...{ on: PLAIN, input: { ExternalKey: [null, ...OTHER_KEY.slice(1)] } },
      }),
      ifLocked(),
    ],
    ACTIVATING,
  ),
  table(
    'ProtectKeyWithNumericalPassword',
    [
      adds('with one that is given', 3, PLAIN, { NumericalPassword: PASSWORD.replaceAll('-', ' ') }),
      adds('with a new one', 3, PLAIN),
      refused('invalidPasswordFormat', 'a group of it is no multiple of 11, say', {
        ...{ on: PLAIN, input: { NumericalPassword: PASSWORD.replace('111111', '111112') } },
      }),
      ifLocked(),
    ],
    because('what has not the form is FVE_E_INVALID_PASSWORD_FORMAT, which says more', FveCode.invalidArgument),
  ),
  withPassphrase,
  table('ProtectKeyWithCertificateFile', [
    adds('the file has a certificate that is for BitLocker', 7, PLAIN, { FileName: FILE }, { given: files }),
    refused('invalidBitLockerOid', 'group policy says another object identifier', {
      ...{ on: PLAIN, given: [...files, policy('CertificateOID', '1.2.3')], input: { FileName: FILE } },
    }),
    ...ofCertificates({ FileName: FILE }, { FileName: SELF_FILE }, files),
    refused('fileNotFound', 'there is no such file', { on: PLAIN, input: { FileName: 'c:\\tools\\none.cer' } }),
    refused('invalidData', 'there is no certificate in it', {
      ...{ on: PLAIN, input: { FileName: 'c:\\tools\\readme.txt' } },
    }),
  ]),
  table('ProtectKeyWithCertificateThumbprint', [
    adds('the computer has the certificate, and it is for BitLocker', 7, PLAIN, { CertThumbprint: USER_THUMBPRINT }),
    refused('invalidData', 'the computer has no such certificate', { on: PLAIN, input: { CertThumbprint: '00' } }),
    refused('invalidBitLockerOid', 'it is for something else', {
      ...{ on: PLAIN, input: { CertThumbprint: SERVER_THUMBPRINT } },
    }),
    ...ofCertificates(
      { CertThumbprint: USER_THUMBPRINT },
      { CertThumbprint: SELF_SIGNED_THUMBPRINT },
      hasCertificate(SELF_SIGNED_THUMBPRINT, SELF_SIGNED_CERTIFICATE),
    ),
  ]),
  table('ProtectKeyWithAdSid', [
    adds('it is an account that the computer knows', 10, PLAIN, { SidString: SID, Flags: 1 }),
    refused('invalidArgument', 'SidString is none, or Flags neither 0 nor 1', {
      ...{ on: PLAIN, input: { SidString: 'none' } },
    }),
    refused('noneMapped', 'nobody has it', { on: PLAIN, input: { SidString: 'S-1-5-21-1-2-3-4444' } }),
    refused('protectorExists', 'the account has a key protector', { input: { SidString: SID } }),
    ifLocked({ SidString: SID }),
  ]),
  table('IsNumericalPasswordValid', [
    tells(
      'it has eight groups of six digits',
      { IsNumericalPasswordValid: true },
      {
        input: { NumericalPassword: PASSWORD },
      },
    ),
    tells(
      'it has not, or a group is no multiple of 11 below 720896',
      { IsNumericalPasswordValid: false },
      {
        input: { NumericalPassword: PASSWORD.replace('111111', '720896') },
      },
    ),
  ]),
];
