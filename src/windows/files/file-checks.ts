import type { InstanceContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { type MachineReader, pathIn } from '../machine.js';
import { fileRefusal } from './file-code.js';
import { type FilePath, parentFolder, parseFilePath } from './file-path.js';
import { findFile, hasFolder, nameOf } from './file-rows.js';

/** DriveType of drives that can be written to: removable, local and of a network. */
const WRITABLE_DRIVES: readonly CimValue[] = [2, 3, 4];

/** The path that a file is to get. @throws MethodRefusal when it is none, or taken, or in no folder */
export async function newFilePath(given: CimValue | undefined, context: MachineReader): Promise<FilePath> {
  if (typeof given !== 'string' || given === '') throw fileRefusal('invalidParameter', 'FileName is missing');
  const at = parseFilePath(given);
  const text = shorten(given, 300);
  if (!at) throw fileRefusal('invalidName', `FileName ${text} is no absolute path of a file`);
  const parent = parentFolder(at.name);
  if (parent === undefined || !(await hasFolder(context, parent)))
    throw fileRefusal('invalidName', `FileName ${text}: there is no such folder`);
  if (await findFile(context, at.name)) throw fileRefusal('exists', `FileName ${text}: there is such a file already`);
  return at;
}

/** @throws MethodRefusal accessDenied when nothing can be written to the drive */
export async function checkDrive(drive: string, context: MachineReader): Promise<CimInstance> {
  const disk = await context.store.get(pathIn(context, 'Win32_LogicalDisk', { DeviceID: drive }));
  if (disk && WRITABLE_DRIVES.includes(disk.get('DriveType'))) return disk;
  throw fileRefusal('accessDenied', `nothing is written to drive ${drive}`);
}

/** @throws MethodRefusal notNtfs */
export async function checkNtfs(drive: string, context: MachineReader): Promise<void> {
  const disk = await context.store.get(pathIn(context, 'Win32_LogicalDisk', { DeviceID: drive }));
  if (!sameName(disk?.getString('FileSystem') ?? '', 'NTFS'))
    throw fileRefusal('notNtfs', `the file system of drive ${drive} is not NTFS`);
}

/** @throws MethodRefusal inUse for a file that Windows has open: a running program, an event log, a page file */
export async function checkNotInUse(
  file: CimInstance,
  { store, namespace }: Pick<InstanceContext, 'store' | 'namespace'>,
): Promise<void> {
  const isOpen =
    sameName(file.className, 'Win32_NTEventlogFile') ||
    sameName(file.className, 'Win32_PageFile') ||
    ((await store.findEqual(namespace, ['Win32_Process'], 'ExecutablePath', nameOf(file))) ?? []).length > 0;
  if (isOpen) throw fileRefusal('inUse', `${nameOf(file)} is open`, nameOf(file));
}
