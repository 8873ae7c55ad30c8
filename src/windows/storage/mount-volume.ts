import type { MethodContext } from '../../cim/contracts/provider.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { parseFilePath } from '../files/file-path.js';
import { FOLDER_CLASS, treeOf } from '../files/file-rows.js';
import { type MachineContext, pathIn } from '../machine.js';
import { MethodRefusal } from '../method-refusal.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { assignLetter, isTaken, mountFolders } from './drive-letters.js';
import { link } from './link.js';
import { Availability, DriveType, isInUse, logicalDisk, MOUNT_POINT_CLASS, putVolume } from './volume-rows.js';

const DismountCode = { mountPoints: 2, noAutoremount: 3, forceRequired: 4 } as const;

/** What keeps a path from being a place to mount a volume in, by the numbers that a class has for it. */
export interface MountCodes {
  readonly invalid: number;
  readonly taken: number;
  readonly notFound: number;
  readonly unsupported: number;
}

/** Dismounts a volume. @throws MethodRefusal */
export async function dismountVolume(
  volume: StoredInstance,
  { Force, Permanent }: Readonly<Record<string, CimValue | undefined>>,
  context: MethodContext,
): Promise<void> {
  const drive = volume.getString('DriveLetter') ?? '';
  if (Permanent === true && volume.get('DriveType') !== DriveType.local)
    throw new MethodRefusal(DismountCode.noAutoremount, `a medium of ${drive} is mounted as it comes`);
  if (Permanent === true && (drive !== '' || (await mountFolders(volume, context)).length > 0))
    throw new MethodRefusal(DismountCode.mountPoints, 'the volume is seen under a path');
  if (Force !== true && (await isInUse(context, drive)))
    throw new MethodRefusal(DismountCode.forceRequired, `${drive} is in use`);
  const automount = Permanent === true ? { Automount: false } : {};
  await putVolume(context, volume, { Availability: Availability.offLine, ...automount });
}

/**
 * Mounts a volume in a folder, which has to be there and empty, on NTFS, or under a drive letter that nobody has.
 *
 * @throws MethodRefusal
 */
export async function addMountPoint(
  volume: StoredInstance,
  given: CimValue | undefined,
  codes: MountCodes,
  context: MachineContext,
): Promise<StoredInstance> {
  const at = typeof given === 'string' ? parseFilePath(given.endsWith('\\') ? given : `${given}\\`) : undefined;
  if (!at) throw new MethodRefusal(codes.invalid, 'no absolute path of a folder is given');
  const drive = at.drive.toUpperCase();
  if (at.name.endsWith('\\')) {
    if (volume.getString('DriveLetter') !== undefined)
      throw new MethodRefusal(codes.invalid, 'the volume has a drive letter');
    if (await isTaken(context, drive)) throw new MethodRefusal(codes.taken, `${drive} is a drive`);
    return assignLetter(volume, drive, context);
  }
  const folder = await emptyFolder(at.name, drive, codes, context);
  await link(context, MOUNT_POINT_CLASS, { Directory: folder, Volume: volume.path });
  if (volume.getString('DriveLetter') !== undefined) return volume;
  const [Name = ''] = await mountFolders(volume, context);
  const named = stored(volume.with({ Name, Caption: Name }));
  await context.store.put(named);
  return named;
}

/** @throws MethodRefusal when it is none, or a volume is mounted there */
async function emptyFolder(
  name: string,
  drive: string,
  codes: MountCodes,
  context: MachineContext,
): Promise<InstancePath> {
  const text = shorten(name, 200);
  const disk = await logicalDisk(context, drive);
  if (!disk) throw new MethodRefusal(codes.notFound, `there is no drive ${drive}`);
  if (!sameName(disk.getString('FileSystem') ?? '', 'NTFS'))
    throw new MethodRefusal(codes.unsupported, `${drive} has no NTFS`);
  const folder = pathIn(context, FOLDER_CLASS, { Name: name });
  const found = stored(await context.store.get(folder));
  if (!found) throw new MethodRefusal(codes.notFound, `there is no folder ${text}`);
  const points = await context.store.referencing(folder, { classNames: [MOUNT_POINT_CLASS] });
  if ((await treeOf(context, found)).length > 1 || points.length > 0)
    throw new MethodRefusal(codes.taken, `${text} is not empty`);
  return folder;
}
