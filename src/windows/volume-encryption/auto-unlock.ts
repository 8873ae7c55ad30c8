import type { MethodImplementation } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { allOf, type MachineReader, onlyOne } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { dropNote, findNote, NOTES_NAMESPACE, note } from '../notes.js';
import { volumeOfDrive } from '../storage/volume-rows.js';
import { FveCode, ProtectorType } from './encryption-code.js';
import { type EncryptionState, findState } from './encryption-state.js';
import { bytesIn, idOf } from './key-protectors.js';
import { activated, checkData, checkSystem, namedProtector, open } from './of-volume.js';

const NOTE = 'CIMULATOR_AutoUnlockNote';

/** What lies on the volume of the running system to unlock others, those among them that are no longer there. */
export async function storedKeys({ store }: Pick<MachineReader, 'store'>): Promise<readonly CimInstance[]> {
  return allOf({ namespace: NOTES_NAMESPACE, store }, NOTE);
}

/** The key protector by which the computer unlocks a volume by itself; undefined when it does not, or the protector is gone. */
export async function autoUnlockProtector(
  context: Pick<MachineReader, 'store'>,
  state: EncryptionState,
): Promise<string | undefined> {
  const id = (await findNote(context, NOTE, state.persistentId))?.getString('VolumeKeyProtectorID');
  return id !== undefined && state.protectors.some((one) => sameName(one, id)) ? id : undefined;
}

/** The state of the volume that the running system is on. */
async function systemState(machine: MachineReader & { now(): number }): Promise<EncryptionState | undefined> {
  const drive = (await onlyOne(machine, 'Win32_OperatingSystem'))?.getString('SystemDrive');
  const volume = drive === undefined ? undefined : await volumeOfDrive(machine, drive);
  return volume && findState(machine, volume.getString('DeviceID') ?? '');
}

/** Data volumes that unlock themselves with a key that lies on the volume of the system. */
export const autoUnlockMethods: Readonly<Record<string, MethodImplementation>> = {
  EnableAutoUnlock: open(async (work) => {
    checkData(work);
    const { state, machine } = work;
    const protector = await namedProtector(work, [ProtectorType.externalKey]);
    const system = await systemState(machine);
    // One that is decrypted, or on its way there, or has its key in the clear, would give the keys away.
    const isSafe = system?.isSuspended === false && ['encrypted', 'encrypting'].includes(system.conversion);
    if (!isSafe) throw new MethodRefusal(FveCode.osNotProtected, 'the volume of the running system is not protected');
    if ((await autoUnlockProtector(machine, state)) !== undefined)
      throw new MethodRefusal(FveCode.volumeBoundAlready, 'the volume is unlocked by itself already');
    const ExternalKey = bytesIn(protector, 'ExternalKey') ?? [];
    await note(machine, NOTE, { VolumeKeyProtectorID: idOf(protector), ExternalKey }, state.persistentId);
    return {};
  }),

  DisableAutoUnlock: activated(async (work) => {
    checkData(work);
    const { state, machine } = work;
    if (!(await findNote(machine, NOTE, state.persistentId)))
      throw new MethodRefusal(FveCode.volumeNotBound, 'the volume is not unlocked by itself');
    await dropNote(machine, NOTE, state.persistentId);
    return {};
  }),

  IsAutoUnlockEnabled: activated(async (work) => {
    checkData(work);
    const id = await autoUnlockProtector(work.machine, work.state);
    return { IsAutoUnlockEnabled: id !== undefined, VolumeKeyProtectorID: id ?? '' };
  }),

  IsAutoUnlockKeyStored: activated(async (work) => {
    checkSystem(work);
    return { IsAutoUnlockKeyStored: (await storedKeys(work.machine)).length > 0 };
  }),

  ClearAllAutoUnlockKeys: activated(async (work) => {
    checkSystem(work);
    const { store } = work.machine;
    await store.deleteMany((await storedKeys(work.machine)).flatMap(({ path }) => path ?? []));
    return {};
  }),
};
