import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../files/error-code.js';
import { makeFolder } from '../files/make-folder.js';
import { checkOwnFolder } from '../files/own-file.js';
import { StrictModesError } from '../files/strict-modes.js';
import { UsageError } from './exit-with-error.js';

/** Where the state of a `serve` is that was told of no other. */
export function stateFolder(dataDir: string): string {
  return join(dataDir, 'state');
}

/**
 * Makes the directory, for its owner only, when it is missing.
 *
 * @param isNeeded whether it is an error that it cannot be made
 * @returns whether it is there
 * @throws UsageError when it cannot be made; StrictModesError when others may change it
 */
export async function ensureDataDirectory(path: string, isNeeded = true): Promise<boolean> {
  try {
    await makeFolder(path);
    await checkOwnFolder(path);
    return true;
  } catch (error) {
    if (error instanceof StrictModesError) throw error;
    if (!isNeeded) return false;
    const code = errorCode(error);
    throw new UsageError(`cannot make the data directory ${path} (${code}); name another with --data-dir`);
  }
}

/**
 * Makes sure that the directory is there, where making one would only hide a slip of the pen.
 *
 * @throws UsageError when it is not
 */
export async function requireDataDirectory(path: string): Promise<void> {
  const isThere = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isThere) return;
  throw new UsageError(`there is no data directory ${path}; 'cimulator serve' and 'cimulator user add' make one`);
}
