import type { MethodContext, MethodImplementation, MethodInput } from '../../cim/contracts/provider.js';
import { sameName } from '../../cim/model/name-map.js';
import { refusing } from '../method-refusal.js';
import { onInstance, type StoredInstance } from '../on-instance.js';
import { FileCode, fileRefusal } from './file-code.js';
import { parentFolder } from './file-path.js';
import { isFolder, nameOf, treeOf } from './file-rows.js';

/** What is done with a file, or with a folder and the files of it that are meant, in the order of their paths. */
export type FileWork = (files: readonly StoredInstance[], input: MethodInput, context: MethodContext) => Promise<void>;

/** Which files of a folder a method means that does not say: all of them, or those that are in it directly. */
export type Depth = 'all' | 'direct';

/** A method of one file; of a folder, with what is in it. @throws MethodRefusal as the work does */
export function onFile(depth: Depth, work: FileWork): MethodImplementation {
  return refusing(
    onInstance(async (file, input, context) => {
      await work(meant(await treeOf(context, file), depth), input, context);
      return { ReturnValue: FileCode.success };
    }),
  );
}

/**
 * The method of the same name with `Ex`: it goes on with the file at which the one before has stopped, and, where it is to, with folders
 * in folders. One that says nothing of those means all.
 */
export function onFileTree(work: FileWork): MethodImplementation {
  return refusing(
    onInstance(async (file, input, context) => {
      const { StartFileName: start = null, Recursive: recursive = null } = input;
      const files = meant(await treeOf(context, file), recursive === false ? 'direct' : 'all');
      const from =
        typeof start === 'string' && start !== '' ? files.findIndex((one) => sameName(nameOf(one), start)) : 0;
      if (from < 0) throw fileRefusal('invalidStartFile', 'StartFileName is none of the files');
      await work(files.slice(from), input, context);
      return { ReturnValue: FileCode.success, StopFileName: null };
    }),
  );
}

function meant(files: readonly StoredInstance[], depth: Depth): readonly StoredInstance[] {
  const [top] = files;
  if (top === undefined || depth === 'all') return files;
  return files.filter(
    (one) => one === top || (!isFolder(one) && sameName(parentFolder(nameOf(one)) ?? '', nameOf(top))),
  );
}
