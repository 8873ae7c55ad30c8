import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { errorCode } from './error-code.js';
import { checkModes, type Trust } from './strict-modes.js';

/** What a file holds, before anybody relies on it. */
export interface FileContent {
  readonly text: string;
  /** @throws StrictModesError when it is open to others */
  check(trust: Trust): void;
}

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
 * @throws NoFileError for a pipe, a device, a socket; StrictModesError when it is open to others; the file system's errors
 */
export async function readOwnFile(path: string, trust: Trust): Promise<string> {
  const { text, check } = await readContent(path);
  check(trust);
  return text;
}

/**
 * Reads a text file, of which it is to be said first whether it is what it should be.
 *
 * @throws NoFileError for a pipe, a device, a socket; the file system's errors
 */
export async function readContent(path: string): Promise<FileContent> {
  const file = await open(path, FLAGS);
  try {
    const stats = await file.stat();
    refuseOthers(path, stats);
    const text = await file.readFile('utf8');
    return { text, check: (trust) => checkModes(path, stats, trust) };
  } finally {
    await file.close();
  }
}

/** As {@link readOwnFile}, at once. */
export function readOwnFileSync(path: string, trust: Trust): string {
  const file = openSync(path, FLAGS);
  try {
    const stats = fstatSync(file);
    refuseOthers(path, stats);
    checkModes(path, stats, trust);
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
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** Of a folder the system says so itself. */
function refuseOthers(path: string, stats: Stats): void {
  if (stats.isFile() || stats.isDirectory()) return;
  throw new NoFileError(`${path} is ${kindOf(stats)}, and no file`);
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'a pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
