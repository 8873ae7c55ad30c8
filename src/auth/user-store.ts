import { accountProblem, foldAccountName, withoutDomain } from './account-name.js';
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
  /** The names, in the order they were added. */
  list(): readonly string[];
}

export interface UserStoreOptions {
  /** Keep the accounts in this JSON file (mode 0600). Default: in memory only. */
  readonly file?: string;
  /** Cost of new hashes. Default: {@link DEFAULT_SCRYPT_COST}. */
  readonly cost?: ScryptCost;
  /** How many password checks run and wait at once; each takes 16 MiB while it runs. Default: 2 run, 128 wait. */
  readonly verifications?: WorkQueueLimits;
}

/**
 * Opens the accounts of a file, or an empty store in memory.
 *
 * @throws UserFileError when the file is there and cannot be read
 */
export async function openUserStore(options: UserStoreOptions = {}): Promise<UserStore> {
  const { file, cost = DEFAULT_SCRYPT_COST } = options;
  const queue = createWorkQueue(options.verifications ?? { running: 2, waiting: 128 });
  const users = new Map<string, StoredUser>();
  if (file !== undefined) for (const user of await readUserFile(file)) users.set(foldAccountName(user.name), user);

  // Checked in place of an account that does not exist, so that the time of an answer does not tell which names do.
  const decoy = decoyHash(cost);
  let revision = 0;
  let lastWrite: Promise<void> = Promise.resolve();

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
      users.set(key, { name: users.get(key)?.name ?? name, password: hash });
      revision++;
      if (file !== undefined) await save(file);
    },

    async verify(name, password) {
      const user = users.get(foldAccountName(name)) ?? users.get(foldAccountName(withoutDomain(name)));
      return queue.run(async () => {
        const matches = await matchesPassword(password, user?.password ?? decoy);
        return matches ? user?.name : undefined;
      });
    },

    list: () => Array.from(users.values(), (user) => user.name),
  };
}
