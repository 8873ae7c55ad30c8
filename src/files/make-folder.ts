import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './error-code.js';

/** Nobody but the owner may look into it. */
const OPTIONS = { mode: 0o700 } as const;

/**
 * Makes a folder for its owner only, and those above it that are missing. Node's own `recursive` never ends where a folder is there and
 * nothing can be made in it, as in `/proc`, and keeps the process from ending, too.
 *
 * @throws the file system's error (`code`, `path`): `EEXIST` or `ENOTDIR` where a file is in the way
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, OPTIONS);
  } catch (error) {
    const isThere = errorCode(error) === 'EEXIST' && (await stat(path)).isDirectory();
    if (!isThere) throw error;
  }
}

/** The same at once. */
export function makeFolderSync(path: string): void {
  try {
    makeOneSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolderSync(dirname(path));
    makeOneSync(path);
  }
}

function makeOneSync(path: string): void {
  try {
    mkdirSync(path, OPTIONS);
  } catch (error) {
    const isThere = errorCode(error) === 'EEXIST' && statSync(path).isDirectory();
    if (!isThere) throw error;
  }
}
