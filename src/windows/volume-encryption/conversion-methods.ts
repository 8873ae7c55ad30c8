import type { MethodImplementation } from '../../cim/contracts/provider.js';
import { MethodRefusal } from '../method-refusal.js';
import { takeTime } from '../storage/device-time.js';
import { storedKeys } from './auto-unlock.js';
import { beginEncryption, beginWiping, decryptOn, encryptOn, isConverting, withPause } from './conversion.js';
import { conversionTime } from './conversion-time.js';
import { checkedFlags, checkedMethod, checkKeys, checkNoCluster, Flag, usualMethod } from './encrypt-checks.js';
import { FveCode, VolumeType } from './encryption-code.js';
import { type EncryptionState, HardwareTest, methodOf, protectionOf, statusOf, Wiping } from './encryption-state.js';
import { protectorsOf, TPM_TYPES } from './key-protectors.js';
import { checkSystem, ofVolume, unlocked, type VolumeWork } from './of-volume.js';
import { doneAt, partDone, type WorkInTime } from './work-in-time.js';

/** @throws MethodRefusal invalidArgument when free space is to be wiped of what is not encrypted, or is converted or wiped already */
async function wiping(work: VolumeWork<EncryptionState>): Promise<EncryptionState> {
  const { state, machine } = work;
  if (state.conversion !== 'encrypted' || state.wiping === Wiping.inProgress)
    throw new MethodRefusal(
      FveCode.invalidArgument,
      'free space is wiped of volumes that are encrypted, and not being wiped',
    );
  return beginWiping(state, await conversionTime(work, 'free'), machine.now());
}

/** What a volume does next when it is to be encrypted. @throws MethodRefusal */
async function encryption(work: VolumeWork, method: number, flags: number): Promise<EncryptionState> {
  const { state, machine } = work;
  const isDataOnly = (flags & Flag.dataOnly) !== 0;
  if (!state || state.conversion === 'decrypted') {
    const keyed = await checkKeys(work);
    if ((flags & Flag.wipe) !== 0) await wiping({ ...work, state: keyed });
    const time = await conversionTime(work, isDataOnly ? 'used' : 'all');
    const chosen = method === 0 ? await usualMethod(work) : method;
    return beginEncryption(keyed, { method: chosen, isDataOnly, time }, machine.now());
  }
  if (method !== 0 && method !== state.method)
    throw new MethodRefusal(FveCode.cannotSetKeyEncrypted, `the volume is encrypted with the method ${state.method}`);
  if ((flags & Flag.wipe) !== 0) return wiping({ ...work, state });
  return encryptOn(state, isDataOnly, machine.now());
}

const encrypt: MethodImplementation = unlocked(async (work) => {
  const [method, flags] = [await checkedMethod(work), checkedFlags(work)];
  await checkNoCluster(work);
  const state = await encryption(work, method, flags);
  const { machine } = work;
  if ((flags & Flag.synchronous) !== 0) await takeTime(machine, leftOf(state, machine.now()));
  await work.put(state);
  return {};
});

/** Milliseconds that a volume is on its way. */
function leftOf(state: EncryptionState, now: number): number {
  const left = (work: WorkInTime) => (work.isRunning ? work.total - doneAt(work, now) : 0);
  return Math.max(left(state.work), left(state.wipingWork));
}

const encryptAfterHardwareTest: MethodImplementation = ofVolume(async (work) => {
  const [method, flags] = [await checkedMethod(work), checkedFlags(work)];
  if ((flags & ~Flag.dataOnly) !== 0)
    throw new MethodRefusal(FveCode.invalidArgument, 'a test is followed by encryption alone, and is not waited for');
  checkSystem(work);
  await checkNoCluster(work);
  if (work.state && work.state.conversion !== 'decrypted')
    throw new MethodRefusal(FveCode.notDecrypted, 'the volume is encrypted, all of it or a part');
  const state = await checkKeys(work);
  if ((await protectorsOf(work.machine, state, TESTED_TYPES)).length === 0)
    throw new MethodRefusal(FveCode.noProtectorsToTest, 'neither the TPM nor an external key protects the volume');
  const chosen = method === 0 ? await usualMethod(work) : method;
  const isDataOnly = (flags & Flag.dataOnly) !== 0;
  await work.put({ ...state, hardwareTest: HardwareTest.pending, hardwareTestError: 0, method: chosen, isDataOnly });
  return {};
});

/** What a hardware test tries: the TPM, and external keys. */
const TESTED_TYPES = [...TPM_TYPES, 2];

const decrypt: MethodImplementation = unlocked(async (work) => {
  const { state, type, machine, put } = work;
  if (type === VolumeType.system && (await storedKeys(machine)).length > 0)
    throw new MethodRefusal(
      FveCode.autoUnlockEnabled,
      'keys that unlock data volumes lie on it: ClearAllAutoUnlockKeys',
    );
  if (!state || state.conversion === 'decrypted') return {};
  const time = await conversionTime(work, state.isDataOnly ? 'used' : 'all');
  await put(decryptOn(state, time, machine.now()));
  return {};
});

function pausing(isPaused: boolean): MethodImplementation {
  return unlocked(async ({ state, machine, put }) => {
    if (state && isConverting(state)) await put(withPause(state, isPaused, machine.now()));
    return {};
  });
}

/** `WipingStatus` of what was paused. */
const WIPING_PAUSED = 3;
const MOST_PRECISE = 4;

const getConversionStatus: MethodImplementation = unlocked(({ state, input, machine }) => {
  const { PrecisionFactor } = input;
  const precision = typeof PrecisionFactor === 'number' ? PrecisionFactor : 0;
  if (precision > MOST_PRECISE)
    throw new MethodRefusal(FveCode.invalidArgument, `PrecisionFactor ${precision} is more than ${MOST_PRECISE}`);
  const now = machine.now();
  const all = 100 * 10 ** precision;
  return {
    ConversionStatus: statusOf(state),
    EncryptionPercentage: encryptedPart(state, now, all),
    EncryptionFlags: state?.isDataOnly === true ? Flag.dataOnly : 0,
    WipingStatus: state?.wiping === Wiping.inProgress && state.isPaused ? WIPING_PAUSED : (state?.wiping ?? 0),
    WipingPercentage: wipedPart(state, now, all),
  };
});

function encryptedPart(state: EncryptionState | undefined, now: number, all: number): number {
  if (state?.conversion === 'encrypted') return all;
  if (state?.conversion === 'encrypting') return partDone(state.work, now, all);
  return state?.conversion === 'decrypting' ? all - partDone(state.work, now, all) : 0;
}

function wipedPart(state: EncryptionState | undefined, now: number, all: number): number {
  if (state?.wiping === Wiping.wiped) return all;
  return state?.wiping === Wiping.inProgress ? partDone(state.wipingWork, now, all) : 0;
}

/** `HardwareEncryptionStatus`: the drive encrypts nothing by itself; Windows does. */
const [NOT_SUPPORTED, USES_SOFTWARE] = [0, 2];

/** How a volume is encrypted and decrypted, and how far that is. */
export const conversionMethods: Readonly<Record<string, MethodImplementation>> = {
  Encrypt: encrypt,
  EncryptAfterHardwareTest: encryptAfterHardwareTest,
  Decrypt: decrypt,
  PauseConversion: pausing(true),
  ResumeConversion: pausing(false),
  GetConversionStatus: getConversionStatus,
  GetEncryptionMethod: ofVolume(({ state }) => ({
    EncryptionMethod: methodOf(state),
    SelfEncryptionDriveEncryptionMethod: null,
  })),
  GetHardwareEncryptionStatus: ofVolume(({ state }) => ({
    HardwareEncryptionStatus: methodOf(state) === 0 ? NOT_SUPPORTED : USES_SOFTWARE,
  })),
  GetHardwareTestStatus: unlocked(({ state }) => ({
    TestStatus: state?.hardwareTest ?? HardwareTest.none,
    TestError: state?.hardwareTestError ?? 0,
  })),
  GetProtectionStatus: ofVolume(({ state }) => ({ ProtectionStatus: protectionOf(state) })),
  GetLockStatus: ofVolume(({ state }) => ({ LockStatus: state?.isLocked === true ? 1 : 0 })),
};
