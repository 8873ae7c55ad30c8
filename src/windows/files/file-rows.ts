import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { allOf, type MachineContext, type MachineReader, pathIn } from '../machine.js';
import { machineTimestamp } from '../machine-time.js';
import { type StoredInstance, stored } from '../on-instance.js';
import { type FilePath, isBelow, parseFilePath } from './file-path.js';

export const FOLDER_CLASS = 'Win32_Directory';
export const FILE_CLASS = 'CIM_DataFile';

/** Whatever may lie in a folder. */
const FILE_CLASSES = [FOLDER_CLASS, FILE_CLASS, 'Win32_NTEventlogFile', 'Win32_PageFile', 'Win32_ShortcutFile'];

export function nameOf(file: CimInstance): string {
  return file.getString('Name') ?? '';
}

export function isFolder(file: CimInstance): boolean {
  return sameName(file.className, FOLDER_CLASS);
}

/** A file or folder by its path, in any case of the letters. */
export async function findFile(
  context: Pick<MachineReader, 'namespace' | 'store'>,
  name: string,
): Promise<StoredInstance | undefined> {
  const paths = FILE_CLASSES.map((className) => pathIn(context, className, { Name: name }));
  const found = await Promise.all(paths.map((path) => context.store.get(path)));
  return stored(found.find((one) => one !== undefined));
}

/** Whether there is a folder of this path. */
export async function hasFolder(context: MachineReader, name: string): Promise<boolean> {
  return (await context.store.get(pathIn(context, FOLDER_CLASS, { Name: name }))) !== undefined;
}

/** A folder, and all that is in it; a file alone. In the order of their paths: what is in a folder comes after it. */
export async function treeOf(context: MachineReader, top: StoredInstance): Promise<readonly StoredInstance[]> {
  if (!isFolder(top)) return [top];
  const below: StoredInstance[] = [];
  for (const className of FILE_CLASSES) {
    for (const one of await allOf(context, className)) if (isBelow(nameOf(one), nameOf(top))) below.push(stored(one));
  }
  return [top, ...below.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))];
}

/** The properties that follow from where a file lies. */
export function placeValues({ name, drive, path, fileName, extension }: FilePath): Record<string, CimValue> {
  return {
    Name: name,
    Caption: name,
    Description: name,
    EightDotThreeFileName: name,
    Drive: drive,
    Path: path,
    FileName: fileName,
    Extension: extension,
  };
}

/** The file under another path: a new instance with what it was before, apart from what follows from its place. */
export function placedAt(
  file: StoredInstance,
  at: FilePath,
  more: Readonly<Record<string, CimValue>> = {},
): StoredInstance {
  const { namespace = '', className } = file.path;
  const path = pathIn({ namespace }, className, { Name: at.name });
  return stored(file.with({ ...placeValues(at), ...more }).at(path));
}

/** Makes a file as a program writes it: an event log that was saved, say. @param size in bytes */
export async function writeFile(context: MachineContext, at: FilePath, size: bigint, fileType: string): Promise<void> {
  const now = await machineTimestamp(context, 0);
  const values: Record<string, CimValue> = {
    ...placeValues(at),
    ...{ CreationClassName: 'CIM_LogicalFile', CSCreationClassName: 'Win32_ComputerSystem' },
    ...{ FSCreationClassName: 'Win32_FileSystem', FSName: 'NTFS', FileType: fileType, FileSize: size },
    ...{ Archive: true, Compressed: false, Encrypted: false, Hidden: false, System: false },
    ...{ Readable: true, Writeable: true, Status: 'OK' },
    ...{ CreationDate: now, InstallDate: now, LastAccessed: now, LastModified: now },
  };
  const path = pathIn(context, FILE_CLASS, { Name: at.name });
  await context.store.put(new CimInstance(FILE_CLASS, Object.entries(values), path));
}

/** The path of a file that is there, in its parts. */
export function filePathOf(file: CimInstance): FilePath {
  const parsed = parseFilePath(nameOf(file));
  if (!parsed) throw new TypeError(`${nameOf(file)} is no path of a file`);
  return parsed;
}
