import { sameName } from '../../cim/model/name-map.js';
import { contentOf } from '../files/file-contents.js';
import { findFile } from '../files/file-rows.js';
import { allOf, type MachineContext, onlyOne } from '../machine.js';
import { DriveType, VOLUME_CLASS } from '../storage/volume-rows.js';
import { autoUnlockProtector } from './auto-unlock.js';
import { beginEncryption } from './conversion.js';
import { conversionTime } from './conversion-time.js';
import { FveCode } from './encryption-code.js';
import { dropState, type EncryptionState, findState, HardwareTest, hasNote, putState } from './encryption-state.js';
import { keyFileName, readKeyFile } from './key-files.js';
import { bytesIn, dropProtector, KEY_TYPES, protectorsOf, TPM_TYPES } from './key-protectors.js';
import { lockVolume } from './locked-volume.js';
import { hasTpm } from './tpm-of-computer.js';

/**
 * What becomes of encrypted volumes when the computer starts: a hardware test runs, restarts of a suspension are counted, and data volumes
 * are locked that nothing unlocks. The volume of the system is unlocked: by its TPM, or by who sits before the computer.
 */
export async function encryptionAtStart(machine: MachineContext): Promise<void> {
  const drive = (await onlyOne(machine, 'Win32_OperatingSystem'))?.getString('SystemDrive') ?? '';
  for (const volume of await allOf(machine, VOLUME_CLASS)) {
    const device = volume.getString('DeviceID') ?? '';
    const state = await findState(machine, device);
    if (!state) {
      if (await hasNote(machine, device)) await dropState(machine, device);
      continue;
    }
    const isSystem = sameName(volume.getString('DriveLetter') ?? '', drive);
    const after = isSystem ? await systemAtStart(machine, device, state) : await dataAtStart(machine, device, state);
    if (after === undefined) await dropState(machine, device);
    else if (after !== state) await putState(machine, device, after);
  }
}

/** Data volumes are open when their key is in the clear, or lies with the system. */
async function dataAtStart(machine: MachineContext, device: string, state: EncryptionState): Promise<EncryptionState> {
  const isPlain = state.conversion === 'decrypted' || state.isSuspended || state.isLocked;
  if (isPlain || state.protectors.length === 0) return state;
  return (await autoUnlockProtector(machine, state)) === undefined ? lockVolume(machine, device, state) : state;
}

/** @returns undefined when the volume is a plain one from then on */
async function systemAtStart(
  machine: MachineContext,
  device: string,
  before: EncryptionState,
): Promise<EncryptionState | undefined> {
  const state = counted(before);
  if (state.hardwareTest === HardwareTest.none) return state;
  const none = { ...state, hardwareTest: HardwareTest.none, hardwareTestError: 0 };
  if (state.hardwareTest === HardwareTest.failed) return state.protectors.length === 0 ? undefined : none;
  const hardwareTestError = await testHardware(machine, state);
  if (hardwareTestError === 0) {
    const { method, isDataOnly } = state;
    const time = await conversionTime({ device, machine }, isDataOnly ? 'used' : 'all');
    return beginEncryption(none, { method, isDataOnly, time }, machine.now());
  }
  for (const id of state.protectors) await dropProtector(machine, id);
  return { ...state, protectors: [], hardwareTest: HardwareTest.failed, hardwareTestError };
}

/** A restart is counted; after the last one key protectors are enabled. */
function counted(state: EncryptionState): EncryptionState {
  if (!state.isSuspended || state.suspendCount === 0) return state;
  const suspendCount = state.suspendCount - 1;
  return { ...state, suspendCount, isSuspended: suspendCount > 0 };
}

/** Whether what protects the volume would unlock it: 0, or what is in the way (`TestError`). */
async function testHardware(machine: MachineContext, state: EncryptionState): Promise<number> {
  const needsTpm = (await protectorsOf(machine, state, TPM_TYPES)).length > 0;
  if (needsTpm && !(await hasTpm(machine))) return FveCode.tpmDisabled;
  for (const protector of await protectorsOf(machine, state, KEY_TYPES)) {
    const content = await keyFileContent(machine, keyFileName(protector));
    if (content === undefined) return FveCode.keyFileNotFound;
    const [found, wanted] = [readKeyFile(content), bytesIn(protector, 'ExternalKey')];
    if (!found || found.some((byte, at) => byte !== wanted?.[at])) return FveCode.keyFileInvalid;
  }
  return 0;
}

/** What is in a file at the root of a removable drive: nothing, where nothing is known of it; undefined when there is none. */
async function keyFileContent(machine: MachineContext, name: string): Promise<readonly number[] | undefined> {
  for (const volume of await allOf(machine, VOLUME_CLASS)) {
    const path = `${volume.getString('DriveLetter') ?? ''}\\${name}`.toLowerCase();
    if (volume.get('DriveType') !== DriveType.removable || !(await findFile(machine, path))) continue;
    return (await contentOf(machine.store, path)) ?? [];
  }
  return undefined;
}
