import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.js';

/**
 * As `writePrivateFile`, for a text that comes in pieces and need not be in memory: for its owner alone (mode 0600), whole or not at all.
 *
 * @throws the file system's error (`code`, `path`); what the pieces throw: there is no file then
 */
export async function writePrivateStream(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  await makeFolder(dirname(path));
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.chmod(0o600);
      for await (const piece of pieces) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
