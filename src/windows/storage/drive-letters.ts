import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { moveFileNotes } from '../files/file-notes.js';
import { parseFilePath } from '../files/file-path.js';
import { FOLDER_CLASS, filePathOf, findFile, nameOf, placedAt, treeOf } from '../files/file-rows.js';
import { allOf, type MachineContext, type MachineReader, onlyOne, pathIn, removeWithTies } from '../machine.js';
import { moveInstance } from '../move-instance.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { link } from './link.js';
import {
  bytesOf,
  DriveType,
  LOGICAL_DISK_CLASS,
  logicalDisk,
  MOUNT_POINT_CLASS,
  sharedValues,
  VOLUME_CLASS,
} from './volume-rows.js';

/** Those that Windows gives by itself: A: and B: are of floppy disks. */
const LETTERS = [...'CDEFGHIJKLMNOPQRSTUVWXYZ'];

/** `Description` of a logical disk that is no fixed one, by its type. */
const DESCRIPTIONS: Readonly<Record<number, string>> = {
  [DriveType.removable]: 'Removable Disk',
  [DriveType.compactDisc]: 'CD-ROM Disc',
};

/** The first letter that no drive has, `F:`; undefined when all are given. */
export async function freeLetter(context: MachineReader): Promise<string | undefined> {
  for (const letter of LETTERS) if (!(await isTaken(context, `${letter}:`))) return `${letter}:`;
  return undefined;
}

/** Whether a drive, mapped ones as well, has a letter. */
export async function isTaken(context: MachineReader, drive: string): Promise<boolean> {
  if (await logicalDisk(context, drive)) return true;
  const [volumes, mapped] = [await allOf(context, VOLUME_CLASS), await allOf(context, 'Win32_MappedLogicalDisk')];
  return (
    volumes.some((one) => sameName(one.getString('DriveLetter') ?? '', drive)) ||
    mapped.some((one) => sameName(one.getString('DeviceID') ?? '', drive))
  );
}

/**
 * Gives a volume a drive letter, another one, or none: its logical disk comes, goes, or is called otherwise, and so do the files on it.
 * Files of one that loses its letter stay where they were last seen.
 *
 * @param drive `F:`
 * @param partition what a new logical disk lies on
 * @returns the volume as it is then, which is stored
 */
export async function assignLetter(
  volume: StoredInstance,
  drive: string | null,
  context: MachineContext,
  partition?: InstancePath,
): Promise<StoredInstance> {
  const before = volume.getString('DriveLetter') ?? null;
  if (before === drive) return volume;
  const disk = before === null ? undefined : await logicalDisk(context, before);
  const changed = stored(volume.with({ DriveLetter: drive, ...(await namesOf(volume, drive, context)) }));
  await context.store.put(changed);
  if (disk && drive === null) await removeWithTies(context, disk.path);
  else if (disk && drive !== null) await moveInstance(disk, renamed(disk, drive, context), context);
  else if (drive !== null) await addLogicalDisk(changed, drive, context, partition);
  if (before !== null && drive === null) await unseen(volume, before, context);
  if (before !== null && drive !== null) await moveFiles(changed, before, drive, context);
  await renameCompactDisc(volume, drive, context);
  return changed;
}

/** A volume is called as the first place where it is seen, or as its device. */
async function namesOf(volume: StoredInstance, drive: string | null, context: MachineReader) {
  const [folder] = await mountFolders(volume, context);
  const Name = drive === null ? (folder ?? volume.getString('DeviceID') ?? '') : `${drive}\\`;
  return { Name, Caption: Name };
}

/** The folders that a volume is mounted in, each with a backslash at its end; the root of its own drive is none of them. */
export async function mountFolders(volume: StoredInstance, context: MachineReader): Promise<readonly string[]> {
  const points = await context.store.referencing(volume.path, { classNames: [MOUNT_POINT_CLASS], role: 'Volume' });
  const folders = points.flatMap((one) => {
    const directory = one.get('Directory');
    const name = directory instanceof InstancePath ? directory.keys.get('Name') : undefined;
    return typeof name === 'string' && !name.endsWith('\\') ? [`${name}\\`] : [];
  });
  return folders.sort();
}

function renamed(disk: StoredInstance, drive: string, context: MachineContext): CimInstance {
  const path = pathIn(context, LOGICAL_DISK_CLASS, { DeviceID: drive });
  return disk.with({ DeviceID: drive, Name: drive, Caption: drive }).at(path);
}

/** The logical disk of a volume that had no letter. */
async function addLogicalDisk(
  volume: StoredInstance,
  drive: string,
  context: MachineContext,
  partition: InstancePath | undefined,
): Promise<void> {
  const driveType = Number(volume.get('DriveType') ?? DriveType.local);
  const names = ['FileSystem', 'Capacity', 'FreeSpace', 'Label', 'DirtyBitSet', 'Compressed'];
  const values: Record<string, CimValue> = {
    ...{ DeviceID: drive, Name: drive, Caption: drive, Description: DESCRIPTIONS[driveType] ?? 'Local Fixed Disk' },
    ...{ CreationClassName: LOGICAL_DISK_CLASS, SystemCreationClassName: 'Win32_ComputerSystem' },
    ...{ SystemName: (await onlyOne(context, 'Win32_ComputerSystem'))?.getString('Name') ?? null },
    ...{ DriveType: driveType, MediaType: driveType === DriveType.local ? 12 : 11 },
    ...sharedValues(Object.fromEntries(names.map((name) => [name, volume.get(name)]))),
  };
  const path = pathIn(context, LOGICAL_DISK_CLASS, { DeviceID: drive });
  await context.store.put(new CimInstance(LOGICAL_DISK_CLASS, Object.entries(values), path));
  if (partition) await link(context, 'Win32_LogicalDiskToPartition', { Antecedent: partition, Dependent: path });
  const root = pathIn(context, FOLDER_CLASS, { Name: `${drive.toLowerCase()}\\` });
  if (bytesOf(volume, 'Capacity') > 0n) await putRoot(root, context);
  await link(context, MOUNT_POINT_CLASS, { Directory: root, Volume: volume.path });
}

async function putRoot(path: InstancePath, { store }: MachineContext): Promise<void> {
  const Name = String(path.keys.get('Name'));
  if (await store.get(path)) return;
  const values = {
    ...{ Name, Caption: Name, Description: Name, Drive: Name.slice(0, 2), Path: '\\', FileName: '', Extension: '' },
    ...{ CreationClassName: 'CIM_LogicalFile', CSCreationClassName: 'Win32_ComputerSystem', FileType: 'Local Disk' },
    ...{ FSCreationClassName: 'Win32_FileSystem', FSName: 'NTFS', Readable: true, Writeable: true, Status: 'OK' },
  };
  await store.put(new CimInstance(FOLDER_CLASS, Object.entries(values), path));
}

async function moveFiles(
  volume: StoredInstance,
  before: string,
  drive: string,
  context: MachineContext,
): Promise<void> {
  const to = `${drive.toLowerCase()}\\`;
  const root = await findFile(context, `${before.toLowerCase()}\\`);
  if (!root) {
    // No medium, and no folder that would take the place where the drive is seen along.
    await unseen(volume, before, context);
    const Directory = pathIn(context, FOLDER_CLASS, { Name: to });
    await link(context, MOUNT_POINT_CLASS, { Directory, Volume: volume.path });
    return;
  }
  for (const file of await treeOf(context, root)) {
    const at = parseFilePath(`${drive}${filePathOf(file).name.slice(2)}`);
    if (!at) throw new TypeError(`${nameOf(file)} has no place on ${drive}`);
    await moveFileNotes(nameOf(file), at.name, context);
    await moveInstance(file, placedAt(file, at), context);
  }
}

/** A volume is not seen any more at the root of a drive. */
async function unseen({ path }: StoredInstance, drive: string, context: MachineContext): Promise<void> {
  const Directory = pathIn(context, FOLDER_CLASS, { Name: `${drive.toLowerCase()}\\` });
  await context.store.delete(pathIn(context, MOUNT_POINT_CLASS, { Directory, Volume: path }));
}

/** A drive for discs says where it is seen: by its letter, or, without one, by the name of its volume. */
async function renameCompactDisc(volume: StoredInstance, drive: string | null, context: MachineContext): Promise<void> {
  const unseen = (volume.getString('DeviceID') ?? '').replace(/^\\\\\?\\|\\$/g, '');
  const before = volume.getString('DriveLetter') ?? unseen;
  const now = { Drive: drive ?? unseen, Id: drive ?? unseen };
  for (const one of await allOf(context, 'Win32_CDROMDrive'))
    if (sameName(one.getString('Drive') ?? '', before)) await context.store.put(one.with(now));
}
