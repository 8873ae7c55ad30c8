import type { Arrangement, ReachedCode } from '../method-table.js';
import { FveCode } from './encryption-code.js';
import { hasFile, Id, KEY, RESTART, SYSTEM, SYSTEM_NOTE, TPM_OFF, volume } from './table-volumes.js';

/** A test of the key protectors of the system's volume is to come. */
const pending = (...KeyProtectors: readonly string[]): Arrangement => ({
  set: SYSTEM_NOTE,
  to: { Conversion: 0, EncryptionMethod: 7, HardwareTest: 2, KeyProtectors },
});
/** D: is a stick, with a file of the startup key in it. */
const STICK: Arrangement = { set: volume('d'), to: { DriveType: 2 } };
const keyFile = (content: readonly number[]) =>
  hasFile(`d:\\${Id.startupKey.replace(/[{}]/g, '').toLowerCase()}.bek`, content);
const GOOD = [...Buffer.from('FVEKEY01'), ...KEY];

const failed = (when: string, TestError: number, given: readonly Arrangement[]): ReachedCode => ({
  ...{ code: FveCode.success, when, on: SYSTEM, given: [...given, RESTART] },
  shows: [{ answers: { TestStatus: 1, TestError } }, { get: SYSTEM, has: { IsVolumeInitializedForProtection: false } }],
});

/** What comes of a hardware test at the next start, as GetHardwareTestStatus tells it. */
export const hardwareTestRows: readonly ReachedCode[] = [
  {
    ...{ code: FveCode.success, when: 'a test is to come', on: SYSTEM, given: [pending(Id.tpm)] },
    shows: [{ answers: { TestStatus: 2, TestError: 0 } }],
  },
  {
    ...{ code: FveCode.success, when: 'it has succeeded: encryption has begun', on: SYSTEM },
    ...{ given: [pending(Id.tpm, Id.startupKey), STICK, ...keyFile(GOOD), RESTART] },
    shows: [{ answers: { TestStatus: 0, TestError: 0 } }, { get: SYSTEM, has: { EncryptionMethod: 7 } }],
  },
  failed('it has failed: the TPM is off', FveCode.tpmDisabled, [pending(Id.tpm), TPM_OFF]),
  failed('it has failed: no removable drive has the file of a key', FveCode.keyFileNotFound, [pending(Id.startupKey)]),
  failed('it has failed: the file has no key in it, or another one', FveCode.keyFileInvalid, [
    ...[pending(Id.startupKey), STICK, ...keyFile([1, 2, 3])],
  ]),
  {
    ...{ code: FveCode.success, when: 'it failed at the start before the last', on: SYSTEM },
    ...{ given: [pending(Id.startupKey), RESTART, RESTART] },
    shows: [{ answers: { TestStatus: 0, TestError: 0 } }, { get: SYSTEM, has: { PersistentVolumeID: '' } }],
  },
];
