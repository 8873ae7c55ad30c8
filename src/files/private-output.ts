import { realpath, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writePrivateFile } from './private-file.js';

/**
 * Writes what a person asked for to where they said: a file as {@link writePrivateFile} does, where a link leads; a pipe or a device
 * (`/dev/stdout`) stays what it is. No folder is made: its name may be a slip.
 *
 * @throws the file system's error (`code`, `path`)
 */
export async function writePrivateOutput(path: string, text: string): Promise<void> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  if (stats === undefined) {
    await stat(dirname(path));
    await writePrivateFile(path, text);
  } else if (stats.isFile()) await writePrivateFile(await realpath(path), text);
  else await writeFile(path, text);
}
