import type { MachineContext } from '../machine.js';
import { moveFileNotes } from './file-notes.js';
import { findFile, nameOf, treeOf } from './file-rows.js';

/** Removes a file, or a folder with what is in it, whoever asks: what it belonged to is gone. Nothing where it is not there. */
export async function dropTree(name: string, context: MachineContext): Promise<void> {
  const top = await findFile(context, name);
  const files = top ? await treeOf(context, top) : [];
  for (const file of files) await moveFileNotes(nameOf(file), undefined, context);
  await context.store.deleteMany(files.map((one) => one.path));
}
