import { allOf, type MachineContext } from '../machine.js';
import { findNote, note } from '../notes.js';
import { stored } from '../on-instance.js';
import { putVolume, VOLUME_CLASS } from '../storage/volume-rows.js';
import type { EncryptionState } from './encryption-state.js';
import { withWorkFor } from './encryption-state.js';

const NOTE = 'CIMULATOR_EncryptionNote';
/** What nobody can tell of a volume whose key is missing; how large it is, its partition says. */
const HIDDEN = ['FileSystem', 'Label', 'FreeSpace'] as const;

async function volumeOf(machine: MachineContext, device: string) {
  return stored((await allOf(machine, VOLUME_CLASS)).find((one) => one.getString('DeviceID') === device));
}

/** The state of a volume that gets locked: Win32_Volume and Win32_LogicalDisk no longer say what is on it, and what converts it halts. */
export async function lockVolume(
  machine: MachineContext,
  device: string,
  state: EncryptionState,
): Promise<EncryptionState> {
  const volume = await volumeOf(machine, device);
  if (volume) {
    await note(machine, NOTE, Object.fromEntries(HIDDEN.map((name) => [name, volume.get(name)])), device);
    await putVolume(machine, volume, Object.fromEntries(HIDDEN.map((name) => [name, null])));
  }
  return withWorkFor({ ...state, isLocked: true }, machine.now());
}

/** The state of a volume that gets unlocked: all is there again, and what converts it goes on. */
export async function unlockVolume(
  machine: MachineContext,
  device: string,
  state: EncryptionState,
): Promise<EncryptionState> {
  const [volume, noted] = [await volumeOf(machine, device), await findNote(machine, NOTE, device)];
  if (volume && noted)
    await putVolume(machine, volume, Object.fromEntries(HIDDEN.map((name) => [name, noted.get(name)])));
  return withWorkFor({ ...state, isLocked: false }, machine.now());
}
