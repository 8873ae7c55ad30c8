import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { checkModes, type Trust } from './strict-modes.js';

/** There is something, but no regular file. `expected`: the message says all there is to say. */
export class NoFileError extends Error {
  override readonly name = 'NoFileError';
  readonly expected = true;
}

/** To open a pipe that nobody writes to would never end. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a text file that is to be relied on.
 *
 * @throws NoFileError for a pipe, a device, a folder; StrictModesError when it is open to others; the file system's errors
 */
export async function readOwnFile(path: string, trust: Trust): Promise<string> {
  const file = await open(path, FLAGS);
  try {
    check(path, await file.stat(), trust);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** As {@link readOwnFile}, at once. */
export function readOwnFileSync(path: string, trust: Trust): string {
  const file = openSync(path, FLAGS);
  try {
    check(path, fstatSync(file), trust);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/**
 * Sees to it that nobody else can put files into a folder, or take them out. A folder that is not there is nobody's.
 *
 * @throws StrictModesError; the file system's errors
 */
export async function checkOwnFolder(path: string): Promise<void> {
  try {
    checkModes(path, await stat(path), 'trusted');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function check(path: string, stats: Stats, trust: Trust): void {
  if (!stats.isFile()) throw new NoFileError(`${path} is ${kindOf(stats)}, and no file`);
  checkModes(path, stats, trust);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
