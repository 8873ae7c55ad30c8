import { dirname } from 'node:path';
import { LockedError, withLockFile } from '../../files/lock-file.js';
import { makeFolder } from '../../files/make-folder.js';
import { checkOwnFolder, type FileContent, NoFileError, readContent } from '../../files/own-file.js';
import { writePrivateFile } from '../../files/private-file.js';
import { StrictModesError } from '../../files/strict-modes.js';
import { NT_HASH_BYTES } from '../ntlm/nt-hash.js';
import { isPasswordHash, type PasswordHash } from './password-hash.js';
import { parseRole } from './role.js';

/** One account as it is kept. */
export interface StoredUser {
  /** As it was first written; compared without case. */
  readonly name: string;
  readonly password: PasswordHash;
  /** The NT hash, base64; only where NTLM is enabled. As good as the password to whoever reads it. */
  readonly ntHash?: string;
  /** What it may do, each as `parseRole` reads it; absent: everything. */
  readonly roles?: readonly string[];
}

/** The file of accounts cannot be used. `expected`: the message is for the operator and says all there is to say. */
export class UserFileError extends Error {
  override readonly name = 'UserFileError';
  readonly expected = true;
}

/** Its name in the data directory. */
export const USER_FILE = 'users.json';

const VERSION = 1;

/**
 * Reads the accounts kept in a file; a file that does not exist holds none.
 *
 * @throws UserFileError when it cannot be read, is not such a file, or others may read it, change it or put another one in its place
 */
export async function readUserFile(path: string): Promise<StoredUser[]> {
  try {
    const content = await contentOf(path);
    const users = content === undefined ? [] : parseUsers(content.text);
    if (users === undefined)
      throw new UserFileError(`${path} is not a file of accounts; delete it to start with a new account`);
    content?.check('secret');
    await checkOwnFolder(dirname(path));
    return users;
  } catch (error) {
    if (error instanceof UserFileError) throw error;
    if (error instanceof StrictModesError || error instanceof NoFileError) throw new UserFileError(error.message);
    throw new UserFileError(`cannot read the accounts in ${path} (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** @returns undefined when there is no such file */
async function contentOf(path: string): Promise<FileContent | undefined> {
  try {
    return await readContent(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Changes the accounts of a file: what others have written since is not lost, and nobody ever sees half of it. The file is readable
 * by its owner only; it and its folder are made when they are missing.
 *
 * @param change gives the accounts to write; may throw to leave the file as it is
 * @returns what has been written
 * @throws UserFileError when the file cannot be read or written
 */
export async function changeUserFile(
  path: string,
  change: (users: readonly StoredUser[]) => readonly StoredUser[],
): Promise<readonly StoredUser[]> {
  const folder = dirname(path);
  try {
    await makeFolder(folder);
    return await withLockFile(`${path}.lock`, async () => {
      const users = change(await readUserFile(path));
      await writePrivateFile(path, `${JSON.stringify({ version: VERSION, users }, null, 2)}\n`);
      return users;
    });
  } catch (error) {
    if (error instanceof LockedError) throw new UserFileError(`cannot change the accounts: ${error.message}`);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new UserFileError(`cannot write the accounts to ${path} (${code})`);
  }
}

function parseUsers(text: string): StoredUser[] | undefined {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof content !== 'object' || content === null) return undefined;
  const { version, users } = content as { version?: unknown; users?: unknown };
  if (version !== VERSION || !Array.isArray(users) || !users.every(isStoredUser)) return undefined;
  return users;
}

function isStoredUser(value: unknown): value is StoredUser {
  if (typeof value !== 'object' || value === null) return false;
  const { name, password, ntHash, roles } = value as Partial<Record<keyof StoredUser, unknown>>;
  return typeof name === 'string' && name !== '' && isPasswordHash(password) && isNtHash(ntHash) && areRoles(roles);
}

/** A role that cannot be read makes the file invalid: left out, an account would be another one than its owner believes. */
function areRoles(value: unknown): boolean {
  if (value === undefined) return true;
  return Array.isArray(value) && value.every((role) => typeof role === 'string' && isRole(role));
}

function isRole(text: string): boolean {
  try {
    return parseRole(text).length > 0;
  } catch {
    return false;
  }
}

function isNtHash(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' && Buffer.from(value, 'base64').length === NT_HASH_BYTES;
}
