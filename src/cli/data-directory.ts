import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { checkOwnFolder } from '../files/own-file.js';
import { StrictModesError } from '../files/strict-modes.js';
import { UsageError } from './exit-with-error.js';

/** Where the platform wants a user's application data: `%LOCALAPPDATA%`, `~/Library/Application Support`, or the XDG data home. */
export function defaultDataDirectory(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  if (platform === 'win32')
    return win32.join(environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'cimulator');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'cimulator');
  // The XDG base directory specification: a relative path is invalid and ignored.
  const xdg = environment.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'cimulator');
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
    const { code } = error as NodeJS.ErrnoException;
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
