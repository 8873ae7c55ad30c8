import { dirname } from 'node:path';
import { errorCode } from '../../files/error-code.js';
import { LockedError, withLockFile } from '../../files/lock-file.js';
import { makeFolder } from '../../files/make-folder.js';
import { checkOwnFolder, type FileContent, NoFileError, readContent } from '../../files/own-file.js';
import { writePrivateFile } from '../../files/private-file.js';
import { StrictModesError } from '../../files/strict-modes.js';
import { type AccountBook, AccountBookError } from './account-book.js';
import { readUsers, type StoredUser, writeUsers } from './stored-user.js';
import { watchUserFile } from './watch-user-file.js';

/** The file of accounts cannot be used. `expected`: the message is for the operator and says all there is to say. */
export class UserFileError extends AccountBookError {
  override readonly name = 'UserFileError';
}

/** Its name in the data directory. */
export const USER_FILE = 'users.json';

/** The accounts of a file: readable by its owner only, read and changed in whole. */
export function userFile(path: string): AccountBook {
  return {
    read: () => readUserFile(path),
    change: (edit) => changeUserFile(path, edit),
    watch: (reload, onProblem) => watchUserFile(path, reload, onProblem),
  };
}

/**
 * Reads the accounts kept in a file; a file that does not exist holds none.
 *
 * @throws UserFileError when it cannot be read, is not such a file, or others may read it, change it or put another one in its place
 */
async function readUserFile(path: string): Promise<readonly StoredUser[]> {
  try {
    const content = await contentOf(path);
    const users = content === undefined ? [] : readUsers(content.text);
    if (users === undefined)
      throw new UserFileError(`${path} is not a file of accounts; delete it to start with a new account`);
    content?.check('secret');
    await checkOwnFolder(dirname(path));
    return users;
  } catch (error) {
    if (error instanceof UserFileError) throw error;
    if (error instanceof StrictModesError || error instanceof NoFileError) throw new UserFileError(error.message);
    throw new UserFileError(`cannot read the accounts in ${path} (${errorCode(error)})`);
  }
}

/** @returns undefined when there is no such file */
async function contentOf(path: string): Promise<FileContent | undefined> {
  try {
    return await readContent(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
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
async function changeUserFile(
  path: string,
  change: (users: readonly StoredUser[]) => readonly StoredUser[],
): Promise<readonly StoredUser[]> {
  const folder = dirname(path);
  try {
    await makeFolder(folder);
    return await withLockFile(`${path}.lock`, async () => {
      const users = change(await readUserFile(path));
      await writePrivateFile(path, writeUsers(users));
      return users;
    });
  } catch (error) {
    if (error instanceof LockedError) throw new UserFileError(`cannot change the accounts: ${error.message}`);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new UserFileError(`cannot write the accounts to ${path} (${code})`);
  }
}
