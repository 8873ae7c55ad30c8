import { randomBytes } from 'node:crypto';
import { accountProblem, foldAccountName, withoutDomain } from './account-name.js';
import { NT_HASH_BYTES, ntHash } from './ntlm/nt-hash.js';
import { DEFAULT_SCRYPT_COST, decoyHash, hashPassword, matchesPassword, type ScryptCost } from './password-hash.js';
import { readUserFile, type StoredUser, writeUserFile } from './user-file.js';
import { createWorkQueue, type WorkQueueLimits } from './work-queue.js';

/** A name or password that cannot be an account. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly expected = true;
}

/** The accounts of an endpoint. Names compare without case; a domain in front or behind is ignored. */
export interface UserStore {
  /** Grows with every change: whatever was concluded from the store under an older revision is void. */
  readonly revision: number;
  /**
   * Adds an account, or gives the one of that name a new password.
   *
   * @throws AccountError when name or password is empty or cannot be sent by HTTP Basic
   * @throws UserFileError when the accounts are kept in a file that cannot be written
   */
  add(name: string, password: string): Promise<void>;
  /**
   * @returns the account's name as it was added, or `undefined` when there is no such account or the password is another one; both
   *   take the same work
   * @throws QueueFullError when too many checks wait
   */
  verify(name: string, password: string): Promise<string | undefined>;
  /**
   * The NT hash of an account, for NTLM; a decoy when there is none, so that the caller does the same work for every name. At once:
   * the hashes are in memory.
   */
  ntHashOf(name: string): NtHashLookup;
  /** The names, in the order they were added. */
  list(): readonly string[];
}

/** What {@link UserStore.ntHashOf} finds. */
export type NtHashLookup =
  | { readonly user: string; readonly hash: Buffer }
  /** `hash` belongs to nobody; `problem` says why, for the log, with the name to follow. */
  | { readonly user: undefined; readonly hash: Buffer; readonly problem: string };

export interface UserStoreOptions {
  /** Keep the accounts in this JSON file (mode 0600). Default: in memory only. */
  readonly file?: string;
  /** Cost of new hashes. Default: {@link DEFAULT_SCRYPT_COST}. */
  readonly cost?: ScryptCost;
  /**
   * Keep an NT hash next to the other one, without which NTLM cannot be. It has neither salt nor cost: who can read the file can sign
   * in as anybody. Default: false, and hashes that a file holds from other times are dropped when it is next written.
   */
  readonly ntHashes?: boolean;
  /** How many password checks run and wait at once; each takes 16 MiB while it runs. Default: 2 run, 128 wait. */
  readonly verifications?: WorkQueueLimits;
}

/**
 * Opens the accounts of a file, or an empty store in memory.
 *
 * @throws UserFileError when the file is there and cannot be read
 */
export async function openUserStore(options: UserStoreOptions = {}): Promise<UserStore> {
  const { file, cost = DEFAULT_SCRYPT_COST, ntHashes = false } = options;
  const queue = createWorkQueue(options.verifications ?? { running: 2, waiting: 128 });
  const users = new Map<string, StoredUser>();
  for (const { ntHash: stored, ...user } of file === undefined ? [] : await readUserFile(file)) {
    const kept = ntHashes && stored !== undefined ? { ...user, ntHash: stored } : user;
    users.set(foldAccountName(user.name), kept);
  }

  // Checked in place of an account that does not exist, so that the time of an answer does not tell which names do.
  const decoy = decoyHash(cost);
  const ntDecoy = randomBytes(NT_HASH_BYTES);
  let revision = 0;
  let lastWrite: Promise<void> = Promise.resolve();

  function find(name: string): StoredUser | undefined {
    return users.get(foldAccountName(name)) ?? users.get(foldAccountName(withoutDomain(name)));
  }

  /** Writes follow each other, so the file always ends as the latest state. */
  function save(path: string): Promise<void> {
    const write = lastWrite.then(() => writeUserFile(path, users.values()));
    lastWrite = write.catch(() => undefined);
    return write;
  }

  return {
    get revision() {
      return revision;
    },

    async add(name, password) {
      const problem = accountProblem(name, password);
      if (problem !== undefined) throw new AccountError(problem);
      const hash = await hashPassword(password, cost);
      const key = foldAccountName(name);
      const user = { name: users.get(key)?.name ?? name, password: hash };
      users.set(key, ntHashes ? { ...user, ntHash: ntHash(password).toString('base64') } : user);
      revision++;
      if (file !== undefined) await save(file);
    },

    async verify(name, password) {
      const user = find(name);
      return queue.run(async () => {
        const matches = await matchesPassword(password, user?.password ?? decoy);
        return matches ? user?.name : undefined;
      });
    },

    ntHashOf(name) {
      const user = find(name);
      if (user?.ntHash !== undefined) return { user: user.name, hash: Buffer.from(user.ntHash, 'base64') };
      const problem = user === undefined ? 'no such user:' : 'an account without NT hash (set its password again):';
      return { user: undefined, hash: ntDecoy, problem };
    },

    list: () => Array.from(users.values(), (user) => user.name),
  };
}
