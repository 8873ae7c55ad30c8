import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { StateError } from '../../cim/contracts/state-error.js';
import { makeFolder } from '../../files/make-folder.js';
import { checkModes, StrictModesError } from '../../files/strict-modes.js';

/** What a state's folder may hold: data and locks, what a migration writes beside them, contexts, the lock of its server. */
const OURS = /^(?:(?:store|contexts)(?:[.-][\w.-]*)?\.mdb(?:-lock)?|server\.lock(?:\.[\w.]+)?)$/;

/** File systems of other machines (statfs(2)), whose locks and shared memory LMDB cannot rely on. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x7461636f, 'OCFS2'],
]);

/** What is asked of the system, so that a test can answer as one with a network does. */
export interface StateDirectoryOptions {
  readonly statfs?: ((path: string) => Promise<{ readonly type: number }>) | undefined;
}

/**
 * Sees to it that a folder is there, on a disk of this machine, this user's own, and holds a state or nothing.
 *
 * @throws StateError that says what is in the way
 */
export async function prepareStateDirectory(directory: string, options: StateDirectoryOptions = {}): Promise<void> {
  try {
    await makeFolder(directory);
    checkModes(directory, await stat(directory), 'trusted');
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    await refuseNetwork(directory, options.statfs ?? statfs);
    await refuseOthersFiles(directory);
  } catch (error) {
    throw directoryError(directory, error as NodeJS.ErrnoException);
  }
}

async function refuseNetwork(
  directory: string,
  typeOf: (path: string) => Promise<{ readonly type: number }>,
): Promise<void> {
  // Elsewhere the numbers mean other things.
  if (process.platform !== 'linux') return;
  const { type } = await typeOf(directory);
  const network = NETWORK.get(type >>> 0);
  if (network !== undefined)
    throw new StateError(
      `${directory} is on a network file system (${network}), where a state is not safe: take a folder on a local disk, or a database`,
    );
}

async function refuseOthersFiles(directory: string): Promise<void> {
  const files = await readdir(directory);
  const other = files.find((name) => !OURS.test(name));
  if (other !== undefined && !files.includes('store.mdb'))
    throw new StateError(
      `${directory} holds ${JSON.stringify(other)} and is no state: take an empty folder, or one that is not there yet`,
    );
}

/** One line for what went wrong with the folder of a state, or with a file in it. */
export function directoryError(directory: string, error: NodeJS.ErrnoException): Error {
  if (error instanceof StateError) return error;
  if (error instanceof StrictModesError) return new StateError(`the state cannot be kept: ${error.message}`);
  const reason = REASONS[String(error.code)];
  return reason === undefined ? error : new StateError(`${directory} ${reason}`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'may not be written by this user: a state needs a folder of its own',
  EPERM: 'may not be written by this user: a state needs a folder of its own',
  EROFS: 'is on a read-only file system: a state has to be written',
  ENOSPC: 'has no room: a state needs some to begin with',
  EDQUOT: 'has no room left of your quota: a state needs some to begin with',
  ENOTDIR: 'is no folder: a state is kept in one',
  EEXIST: 'is no folder: a state is kept in one',
  ENAMETOOLONG: 'is too long a name',
  ELOOP: 'is a link to itself',
};
