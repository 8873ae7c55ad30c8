import type { MethodContext, MethodInput } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { parseFilePath } from '../files/file-path.js';
import { FOLDER_CLASS } from '../files/file-rows.js';
import { pathIn } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import type { StoredInstance } from '../on-instance.js';
import { assignLetter, freeLetter, isTaken } from '../storage/drive-letters.js';
import { addMountPoint } from '../storage/mount-volume.js';
import { isInUse, MOUNT_POINT_CLASS } from '../storage/volume-rows.js';
import { drivePartition, machineVolumeOn } from './find-objects.js';
import { inCimv2 } from './in-namespace.js';
import { StorageCode } from './storage-code.js';

const MOUNT_CODES = {
  ...{ invalid: StorageCode.invalidPath, taken: StorageCode.pathInUse, notFound: StorageCode.invalidPath },
  unsupported: StorageCode.invalidPath,
};

/** Has a partition seen under a drive letter or in a folder. @throws MethodRefusal */
export async function addAccessPath(
  partition: StoredInstance,
  { AccessPath, AssignDriveLetter }: MethodInput,
  context: MethodContext,
): Promise<void> {
  const isGiven = typeof AccessPath === 'string' && AccessPath !== '';
  if (isGiven === (AssignDriveLetter === true))
    throw new MethodRefusal(StorageCode.invalidParameter, 'one of AccessPath and AssignDriveLetter says where');
  if (partition.get('IsHidden') === true)
    throw new MethodRefusal(StorageCode.hidden, 'the partition is hidden, and is seen nowhere');
  const machine = inCimv2(context);
  const volume = await machineVolumeOn(context.store, partition.path);
  if (!volume) throw new MethodRefusal(StorageCode.notSupported, 'there is no volume on the partition');
  const letter = isGiven ? /^([A-Z]:)\\?$/i.exec(AccessPath)?.[1]?.toUpperCase() : await freeLetter(machine);
  if (letter === undefined && isGiven) {
    await addMountPoint(volume, AccessPath, MOUNT_CODES, machine);
    return;
  }
  await giveLetter(partition, volume, letter, context);
}

/** @throws MethodRefusal */
export async function giveLetter(
  partition: StoredInstance,
  volume: StoredInstance,
  letter: string | undefined,
  context: MethodContext,
): Promise<void> {
  const machine = inCimv2(context);
  if (letter === undefined || (await isTaken(machine, letter)))
    throw new MethodRefusal(StorageCode.pathInUse, `${letter ?? 'every letter'} is that of a drive`);
  if (volume.getString('DriveLetter') !== undefined)
    throw new MethodRefusal(StorageCode.invalidPath, 'the partition has a drive letter');
  await assignLetter(volume, letter, machine, (await drivePartition(context.store, partition))?.path);
}

/** @throws MethodRefusal */
export async function removeAccessPath(
  partition: StoredInstance,
  { AccessPath }: MethodInput,
  context: MethodContext,
): Promise<void> {
  const machine = inCimv2(context);
  const volume = await machineVolumeOn(context.store, partition.path);
  if (typeof AccessPath !== 'string') throw new MethodRefusal(StorageCode.invalidParameter, 'AccessPath is missing');
  if (AccessPath.startsWith('\\\\?\\'))
    throw new MethodRefusal(StorageCode.volumeGuidPath, 'a volume keeps the path of its device');
  const letter = /^([A-Z]:)\\?$/i.exec(AccessPath)?.[1];
  if (volume && letter !== undefined && sameName(volume.getString('DriveLetter') ?? '', letter)) {
    if (await isInUse(machine, letter))
      throw new MethodRefusal(StorageCode.bootPath, `${letter} holds the system or a page file`);
    await assignLetter(volume, null, machine);
    return;
  }
  const at = parseFilePath(AccessPath);
  const folder = at && pathIn(machine, FOLDER_CLASS, { Name: at.name });
  const points = folder ? await context.store.referencing(folder, { classNames: [MOUNT_POINT_CLASS] }) : [];
  const own = points.find((one) => volume !== undefined && String(one.get('Volume')) === String(volume.path));
  if (!own?.path) throw new MethodRefusal(StorageCode.invalidPath, 'the partition is not seen there');
  await context.store.delete(own.path);
}
