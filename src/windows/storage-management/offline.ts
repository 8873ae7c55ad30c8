import type { MachineContext } from '../machine.js';
import { findNote, note } from '../notes.js';
import type { StoredInstance } from '../on-instance.js';
import { VOLUME_NOTE } from '../storage/defragment.js';
import { assignLetter, isTaken } from '../storage/drive-letters.js';
import { Availability, putVolume } from '../storage/volume-rows.js';
import { drivePartition, machineVolumeOn, partitionsOf } from './find-objects.js';
import { machineOf } from './in-namespace.js';

/** Takes a disk off line: its volumes are dismounted, and have no letters until it is back. */
export async function takeOffline(disk: StoredInstance, context: MachineContext): Promise<void> {
  for (const partition of await partitionsOf(context.store, Number(disk.get('Number'))))
    await dismount(partition, context);
  await context.store.put(disk.with({ IsOffline: true }));
}

/** Brings a disk on line: its volumes are mounted, with the letters that they had, where nobody else has them by now. */
export async function bringOnline(disk: StoredInstance, context: MachineContext): Promise<void> {
  for (const partition of await partitionsOf(context.store, Number(disk.get('Number'))))
    if (partition.get('IsOffline') !== true) await mount(partition, context);
  await context.store.put(disk.with({ IsOffline: false, OfflineReason: null }));
}

export async function dismount(partition: StoredInstance, context: MachineContext): Promise<void> {
  const machine = machineOf(context);
  const volume = await machineVolumeOn(context.store, partition.path);
  if (!volume) return;
  const letter = volume.getString('DriveLetter');
  const device = volume.getString('DeviceID') ?? '';
  if (letter !== undefined) await note(machine, VOLUME_NOTE, { DriveLetter: letter }, device);
  const unseen = await assignLetter(volume, null, machine);
  await putVolume(machine, unseen, { Availability: Availability.offLine });
}

export async function mount(partition: StoredInstance, context: MachineContext): Promise<void> {
  const machine = machineOf(context);
  const volume = await machineVolumeOn(context.store, partition.path);
  if (!volume) return;
  const mounted = await putVolume(machine, volume, { Availability: Availability.running });
  const device = volume.getString('DeviceID') ?? '';
  const letter = (await findNote(machine, VOLUME_NOTE, device))?.getString('DriveLetter');
  if (letter === undefined || (await isTaken(machine, letter))) return;
  await assignLetter(mounted, letter, machine, (await drivePartition(context.store, partition))?.path);
  await note(machine, VOLUME_NOTE, { DriveLetter: null }, device);
}
