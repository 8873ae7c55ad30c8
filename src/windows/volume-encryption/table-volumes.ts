import type { CimValue } from '../../cim/model/cim-value.js';
import type { Arrangement, MethodTable, ReachedCode, Reasons, TableValues } from '../method-table.js';
import { withUnreached } from '../method-table.js';
import { VOLUME_ENCRYPTION } from '../namespaces.js';
import { objectPath } from '../table-paths.js';
import { CERTIFICATES_KEY } from './certificates.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import { POLICY_KEY } from './group-policy.js';
import { USER_THUMBPRINT } from './table-certificates.js';

/** Volumes that tables are about: of the system, which is protected; a plain one; one that is protected, and two that are locked. */
const device = (last: string) => `\\\\?\\Volume{11111111-2222-3333-4444-00000000000${last}}\\`;
const DEVICES = { c: device('1'), d: device('2'), f: device('f'), g: device('a'), h: device('b') };
type Letter = keyof typeof DEVICES;

const encryptable = (letter: Letter) =>
  objectPath(`${VOLUME_ENCRYPTION}:Win32_EncryptableVolume`, { DeviceID: DEVICES[letter] });
export const SYSTEM = encryptable('c');
export const PLAIN = encryptable('d');
export const PROTECTED = encryptable('f');
export const LOCKED = encryptable('g');
/** Locked, and nothing unlocks it. */
export const LOST = encryptable('h');

const note = (kind: string, Name: string) => objectPath(`root/cimulator:CIMULATOR_${kind}Note`, { Name });
export const SYSTEM_NOTE = note('Encryption', DEVICES.c);
export const PROTECTED_NOTE = note('Encryption', DEVICES.f);
export const volume = (letter: Letter) => objectPath('Win32_Volume', { DeviceID: DEVICES[letter] });

const identifier = (last: string) => `{00000000-0000-4000-8000-0000000000${last}}`;
/** Key protectors of the volumes, by what they are. */
export const Id = {
  ...{ tpm: identifier('C1'), pin: identifier('C4'), startupKey: identifier('C5'), pinAndKey: identifier('C6') },
  ...{ external: identifier('F2'), password: identifier('F3'), certificate: identifier('F7') },
  ...{ passphrase: identifier('F8'), sid: identifier('FA'), none: identifier('00') },
};
export const protectorNote = (id: string) => note('KeyProtector', id);

export const PASSWORD = '111111-222222-333333-444444-555555-666666-000011-000022';
export const OTHER_PASSWORD = '000011-000022-000033-000044-000055-000066-000077-000088';
export const PASSPHRASE = 'Passphrase of the lab';
export const KEY = Array.from({ length: 32 }, (_, at) => at);
export const OTHER_KEY = Array.from({ length: 32 }, (_, at) => 255 - at);
export const SID = 'S-1-5-32-545';

const PROTECTORS: Readonly<Record<string, TableValues>> = {
  [Id.tpm]: { Type: ProtectorType.tpm, PlatformValidationProfile: [7, 11] },
  [Id.pin]: { Type: ProtectorType.tpmAndPin, PIN: '123456', PlatformValidationProfile: [7, 11] },
  [Id.startupKey]: { Type: ProtectorType.tpmAndStartupKey, ExternalKey: KEY, PlatformValidationProfile: [11] },
  [Id.pinAndKey]: {
    ...{ Type: ProtectorType.tpmAndPinAndStartupKey, PIN: '1234', ExternalKey: KEY },
    PlatformValidationProfile: [11],
  },
  [Id.external]: { Type: ProtectorType.externalKey, ExternalKey: KEY, FriendlyName: 'Stick' },
  [Id.password]: { Type: ProtectorType.numericalPassword, NumericalPassword: PASSWORD },
  [Id.certificate]: { Type: ProtectorType.publicKey, CertThumbprint: USER_THUMBPRINT, PublicKey: [48, 89] },
  [Id.passphrase]: { Type: ProtectorType.passphrase, Passphrase: PASSPHRASE },
  [Id.sid]: { Type: ProtectorType.sid, SidString: SID, Flags: 0 },
};
const OF_SYSTEM = [Id.tpm, Id.pin, Id.startupKey, Id.pinAndKey, Id.password];
const OF_DATA = [Id.external, Id.password, Id.certificate, Id.passphrase, Id.sid];

/** Encrypted, with XTS-AES 128. */
const encrypted = (letter: Letter, KeyProtectors: readonly string[], more: TableValues = {}): Arrangement => ({
  add: note('Encryption', DEVICES[letter]),
  with: {
    ...{ PersistentVolumeID: identifier(`${letter.toUpperCase()}0`), VolumeKey: Buffer.alloc(32).toString('base64') },
    ...{ Version: 2, KeyProtectors, EncryptionMethod: 6, Conversion: 1, ...more },
  },
});
const added = (letter: Letter, more: TableValues = {}): Arrangement => ({
  add: volume(letter),
  with: {
    ...{ Name: `${letter}:\\`, DriveLetter: `${letter.toUpperCase()}:`, DriveType: 3, FileSystem: 'NTFS' },
    ...{ Capacity: 1_073_741_824n, FreeSpace: 536_870_912n, ...more },
  },
});
const hidden = { FileSystem: null, FreeSpace: null };

/** What all tables begin with. */
const BEGINNING: readonly Arrangement[] = [
  ...Object.entries(PROTECTORS).map(([id, values]) => ({ add: protectorNote(id), with: values })),
  ...[encrypted('c', OF_SYSTEM), encrypted('f', OF_DATA), added('f')],
  ...[encrypted('g', OF_DATA, { IsLocked: true, FileSystem: 'NTFS', FreeSpace: 536_870_912n }), added('g', hidden)],
  ...[encrypted('h', [], { IsLocked: true }), added('h', hidden)],
];

/** A table of a method. Rows that say nothing else are about the protected volume. */
export function table(method: string, reached: readonly ReachedCode[], reasons: Reasons = {}): MethodTable {
  return {
    ...{ namespace: VOLUME_ENCRYPTION, className: 'Win32_EncryptableVolume', method, on: PROTECTED },
    ...{ given: BEGINNING, codes: withUnreached(reached, reasons) },
  };
}

/** The row of a method that asks. */
export function tells(when: string, answers: TableValues, more: Partial<ReachedCode> = {}): ReachedCode {
  return { code: FveCode.success, when, shows: [{ answers }], ...more };
}

export function refused(code: keyof typeof FveCode, when: string, more: Partial<ReachedCode> = {}): ReachedCode {
  return { code: FveCode[code], when, ...more };
}

const withInput = (input?: TableValues) => (input ? { input } : {});
export const ifLocked = (input?: TableValues) =>
  refused('lockedVolume', 'the volume is locked', { on: LOCKED, ...withInput(input) });
export const ifPlain = (input?: TableValues) =>
  refused('notActivated', 'BitLocker is not enabled on the volume', { on: PLAIN, ...withInput(input) });

/** A value of the registry. */
function value(KeyPath: string, Name: string, data: CimValue): Arrangement {
  const add = objectPath('root/cimulator:CIMULATOR_RegistryValue', { KeyPath, Name });
  const types = typeof data === 'string' ? { Type: 1, Text: data } : { Type: 4, Number: data };
  return { add, with: Array.isArray(data) ? { Type: 3, Bytes: data } : types };
}

/** Group policy says so. @param data a number as a bigint, or a text */
export const policy = (name: string, data: CimValue) => value(POLICY_KEY, name, data);
export const FIPS = value('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy', 'Enabled', 1n);

/** The computer has a certificate, and not its private key. */
export function hasCertificate(thumbprint: string, bytes: readonly number[]): readonly Arrangement[] {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(32);
  head.writeUInt32LE(1, 4);
  head.writeUInt32LE(bytes.length, 8);
  const key = objectPath('root/cimulator:CIMULATOR_RegistryKey', { Parent: CERTIFICATES_KEY, Name: thumbprint });
  return [{ add: key }, value(`${CERTIFICATES_KEY}\\${thumbprint}`, 'Blob', [...head, ...bytes])];
}

/** There is a file. */
export function hasFile(name: string, content: readonly number[]): readonly Arrangement[] {
  return [
    { add: objectPath('CIM_DataFile', { Name: name }) },
    { add: objectPath('root/cimulator:CIMULATOR_FileNote', { Name: name }), with: { Content: content } },
  ];
}

const TPM = 'root/cimv2/Security/MicrosoftTpm:Win32_Tpm=@';
export const TPM_OFF: Arrangement = { set: TPM, to: { IsEnabled_InitialValue: false } };
export const NO_SYSTEM_PROTECTORS: Arrangement = { set: SYSTEM_NOTE, to: { KeyProtectors: [] } };
export const DECRYPTED_SYSTEM: Arrangement = { set: SYSTEM_NOTE, to: { Conversion: 0 } };
export const RESTART: Arrangement = { call: { method: 'Reboot', on: 'Win32_OperatingSystem=@' } };

/** Half of work that takes so long that no test sees the end. */
export const halfDone = (name: 'Conversion' | 'Wiping'): TableValues => ({
  ...{ [`${name}Time`]: 1_000_000_000_000_000n, [`${name}Done`]: 500_000_000_000_000n },
  [`${name}Since`]: BigInt(Date.UTC(2026, 10, 30, 8)),
});
export const ENCRYPTING: Arrangement = { set: PROTECTED_NOTE, to: { Conversion: 2, ...halfDone('Conversion') } };
export const DECRYPTING: Arrangement = { set: PROTECTED_NOTE, to: { Conversion: 3, ...halfDone('Conversion') } };
/** A conversion of it takes longer than any test. */
export const huge = (letter: Letter): Arrangement => ({
  set: volume(letter),
  to: { Capacity: 1n << 62n, FreeSpace: 1n << 61n },
});
