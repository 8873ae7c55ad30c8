import { readFile } from 'node:fs/promises';
import { NT_HASH_BYTES } from './ntlm/nt-hash.js';
import { isPasswordHash, type PasswordHash } from './password-hash.js';
import { writePrivateFile } from './private-file.js';

/** One account as it is kept. */
export interface StoredUser {
  /** As it was first written; compared without case. */
  readonly name: string;
  readonly password: PasswordHash;
  /** The NT hash, base64; only where NTLM is enabled. As good as the password to whoever reads it. */
  readonly ntHash?: string;
}

/** The file of accounts cannot be used. `expected`: the message is for the operator and says all there is to say. */
export class UserFileError extends Error {
  override readonly name = 'UserFileError';
  readonly expected = true;
}

const VERSION = 1;

/**
 * Reads the accounts kept in a file; a file that does not exist holds none.
 *
 * @throws UserFileError when it cannot be read or is not such a file
 */
export async function readUserFile(path: string): Promise<StoredUser[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UserFileError(`cannot read the accounts in ${path} (${(error as NodeJS.ErrnoException).code})`);
  }
  const users = parseUsers(text);
  if (users === undefined)
    throw new UserFileError(`${path} is not a file of accounts; delete it to start with a new account`);
  return users;
}

/**
 * Writes all accounts, atomically, readable by the owner only.
 *
 * @throws UserFileError when the file cannot be written
 */
export async function writeUserFile(path: string, users: Iterable<StoredUser>): Promise<void> {
  try {
    await writePrivateFile(path, `${JSON.stringify({ version: VERSION, users: [...users] }, null, 2)}\n`);
  } catch (error) {
    throw new UserFileError(`cannot write the accounts to ${path} (${(error as NodeJS.ErrnoException).code})`);
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
  const { name, password, ntHash } = value as Partial<Record<keyof StoredUser, unknown>>;
  return typeof name === 'string' && name !== '' && isPasswordHash(password) && isNtHash(ntHash);
}

function isNtHash(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' && Buffer.from(value, 'base64').length === NT_HASH_BYTES;
}
