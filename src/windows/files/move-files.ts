import type { MethodContext } from '../../cim/contracts/provider.js';
import { machineTimestamp } from '../machine-time.js';
import type { StoredInstance } from '../on-instance.js';
import { checkDrive, checkNotInUse, newFilePath } from './file-checks.js';
import { fileRefusal } from './file-code.js';
import { copyContent } from './file-contents.js';
import type { FileWork } from './file-methods.js';
import { moveFileNotes } from './file-notes.js';
import { type FilePath, isBelow, parentFolder, parseFilePath } from './file-path.js';
import { filePathOf, findFile, nameOf, placedAt } from './file-rows.js';
import { checkFileRights, FileRight } from './file-security.js';

/** Copies a file, or a folder with what is in it. What begins with a file of the folder in its middle takes the place of what is missing. */
export const copyFiles: FileWork = async (files, { FileName }, context) => {
  const [first] = files;
  if (!first || !context.instance) return;
  const top = nameOf(context.instance);
  const isContinued = nameOf(first) !== top;
  const at = isContinued ? await begunPath(FileName, context) : await newFilePath(FileName, context);
  if (isBelow(at.name, top)) throw fileRefusal('unspecified', 'a folder is not copied into itself');
  const disk = await checkDrive(at.drive, context);
  await checkParent(at, context);
  const now = await machineTimestamp(context, 0);
  for (const file of files) {
    await checkFileRights(file, FileRight.Read, context);
    const changes = {
      CreationDate: now,
      InstallDate: now,
      LastAccessed: now,
      FSName: disk.getString('FileSystem') ?? null,
    };
    const to = movedPath(file, top, at);
    await context.store.put(placedAt(file, to, changes));
    await copyContent(context.store, nameOf(file), to.name);
  }
};

/** The place of a copy that was begun before. */
async function begunPath(given: Parameters<typeof newFilePath>[0], context: MethodContext): Promise<FilePath> {
  const at = typeof given === 'string' ? parseFilePath(given) : undefined;
  if (at && (await findFile(context, at.name))) return at;
  throw fileRefusal('invalidName', 'FileName: there is no copy to go on with');
}

/** Gives a file another path on its drive; a folder goes with what is in it. */
export const renameFiles: FileWork = async (files, { FileName }, context) => {
  const [top] = files;
  if (!top) return;
  if (parentFolder(nameOf(top)) === undefined) throw fileRefusal('accessDenied', 'the root of a drive stays');
  const at = await newFilePath(FileName, context);
  if (at.drive !== filePathOf(top).drive) throw fileRefusal('otherDrive', 'files are renamed on their drive');
  if (isBelow(at.name, nameOf(top))) throw fileRefusal('inUse', 'a folder is not moved into itself');
  await checkParent(at, context);
  for (const file of files) {
    await checkFileRights(file, FileRight.Delete, context);
    await checkNotInUse(file, context);
  }
  for (const file of files) {
    const to = movedPath(file, nameOf(top), at);
    await moveFileNotes(nameOf(file), to.name, context);
    await context.store.delete(file.path);
    await context.store.put(placedAt(file, to));
  }
};

/** @throws MethodRefusal accessDenied when the caller may not write to the folder */
async function checkParent(at: FilePath, context: MethodContext): Promise<void> {
  const parent = await findFile(context, parentFolder(at.name) ?? '');
  if (parent) await checkFileRights(parent, FileRight.Write, context);
}

/** Where a file of a tree comes to lie when the top of the tree does so somewhere else. */
function movedPath(file: StoredInstance, top: string, at: FilePath): FilePath {
  const moved = parseFilePath(at.name + nameOf(file).slice(top.length));
  if (!moved) throw fileRefusal('invalidName', `the path of ${nameOf(file)} would be too long`, nameOf(file));
  return moved;
}
