import { randomBytes } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../files/error-code.js';
import { readOwnFileSync } from '../../files/own-file.js';
import { checkModes } from '../../files/strict-modes.js';

const KEY_BYTES = 32;

/**
 * The secret of a cache's folder, made when there is none: what was written without it was not written by us.
 *
 * @throws StrictModesError when others may read it, or change the folder; the file system's errors
 */
export function cacheKey(folder: string): string {
  checkModes(folder, statSync(folder), 'trusted');
  const file = join(folder, 'key');
  const key = readIfThere(file) ?? makeKey(file);
  if (key.length === 2 * KEY_BYTES) return key;
  // Cut off by a full disk: the next start makes another one.
  rmSync(file, { force: true });
  throw new Error(`${file} holds no key`);
}

function readIfThere(file: string): string | undefined {
  try {
    return readOwnFileSync(file, 'secret');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function makeKey(file: string): string {
  const key = randomBytes(KEY_BYTES).toString('hex');
  writeFileSync(file, key, { flag: 'wx', mode: 0o600 });
  return key;
}
