import { randomBytes } from 'node:crypto';
import { createWorkQueue, type WorkQueueLimits } from '../lock-out/work-queue.js';
import { NT_HASH_BYTES, ntHash } from '../ntlm/nt-hash.js';
import type { Account } from './account.js';
import type { AccountBook } from './account-book.js';
import { accountProblem, withoutDomain } from './account-name.js';
import { createAccountRegister } from './account-register.js';
import { AccountError, findWhich, type WhichUser, withoutUser, withRoles, withUser } from './change-users.js';
import { createLateHashes } from './late-hashes.js';
import {
  costOf,
  DEFAULT_SCRYPT_COST,
  decoyHash,
  hashPassword,
  matchesPassword,
  type ScryptCost,
} from './password-hash.js';
import { RIGHTS, type Role } from './role.js';
import type { StoredUser } from './stored-user.js';
import { userFile } from './user-file.js';

/** The accounts of an endpoint. Names compare without case; a domain in front or behind is ignored. */
export interface UserStore {
  /**
   * Adds an account, or gives the one of that name a new password, and new roles when there are any.
   *
   * @param roles what it may do; default: everything
   * @param which only an account that is not there yet, or only one that is; default: either
   * @throws AccountError when name or password is empty or cannot be sent by HTTP Basic, or the account is not as it must be
   * @throws AccountBookError when the accounts are kept where they cannot be written, in a file UserFileError
   */
  add(name: string, password: string, roles?: readonly Role[], which?: WhichUser): Promise<void>;
  /**
   * Adds an account if there is none at all, where they are kept neither: of several that start at once, one makes it.
   *
   * @returns whether it was added
   * @throws AccountError; AccountBookError
   */
  addFirst(name: string, password: string): Promise<boolean>;
  /** Says what {@link add} would say of the name, before anybody is asked for a password. @throws AccountError */
  checkName(name: string, which: WhichUser): void;
  /** @throws AccountError when there is no such account; AccountBookError */
  remove(name: string): Promise<void>;
  /**
   * @param roles what it may do; `undefined`: everything
   * @throws AccountError when there is no such account; AccountBookError
   */
  setRoles(name: string, roles: readonly Role[] | undefined): Promise<void>;
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
  /** The name of the account that a name means as it was typed, with or without a domain; `undefined` when there is none. */
  resolve(name: string): string | undefined;
  /** The account of a name as {@link verify} gave it. */
  accountOf(name: string): Account | undefined;
  /** The names, in the order they were added. */
  list(): readonly string[];
  /** What there is to know of the accounts, in the same order. */
  describe(): readonly UserDescription[];
  /** Hashes the passwords of the given accounts, unless that has been done; their text is forgotten. */
  hashGiven(): Promise<void>;
  /** Stops looking for changes. */
  close(): void;
}

/** An account of this process only. */
export interface GivenUser {
  readonly name: string;
  readonly password: string;
  /** Default: everything. */
  readonly roles?: readonly Role[] | undefined;
}

/** An account, without its secrets. */
export interface UserDescription {
  readonly name: string;
  /** As `parseRole` reads them. */
  readonly roles: readonly string[];
  /** Whether it can sign in with NTLM: there is an NT hash. */
  readonly negotiate: boolean;
}

/** What {@link UserStore.ntHashOf} finds. */
export type NtHashLookup =
  | { readonly user: string; readonly hash: Buffer }
  /** `hash` belongs to nobody; `problem` says why, for the log, with the name to follow. */
  | { readonly user: undefined; readonly hash: Buffer; readonly problem: string };

export interface UserStoreOptions {
  /** Keep the accounts in this JSON file (mode 0600). Default: in memory only. */
  readonly file?: string;
  /** In place of a file: keep the accounts there. */
  readonly book?: AccountBook;
  /**
   * In place of either. They are there at once, and their passwords are hashed when they are first needed (some 50 ms each), or by
   * {@link UserStore.hashGiven}.
   */
  readonly given?: readonly GivenUser[];
  /**
   * Take over what other processes change there, at most half a second later. Told of accounts that cannot be read: they stay as they
   * were then. Default: they are read once.
   */
  readonly watch?: { readonly onProblem: (problem: string) => void };
  /** Cost of new hashes. Default: {@link DEFAULT_SCRYPT_COST}. */
  readonly cost?: ScryptCost;
  /**
   * Keep an NT hash next to the other one, without which NTLM cannot be. It has neither salt nor cost: who can read the file can sign
   * in as anybody. Default: false, and hashes that a file holds from other times are dropped when it is next written.
   */
  readonly ntHashes?: boolean;
  /** How many password checks run and wait at once; each takes 16 MiB while it runs. Default: {@link VERIFICATIONS}. */
  readonly verifications?: WorkQueueLimits;
}

const VERIFICATIONS: WorkQueueLimits = { running: 2, waiting: 128 };

/**
 * Opens the accounts of a file or another book, or a store in memory.
 *
 * @throws AccountBookError when they are there and cannot be read; AccountError for a given account that cannot be
 */
export async function openUserStore(options: UserStoreOptions = {}): Promise<UserStore> {
  const {
    file,
    book = file === undefined ? undefined : userFile(file),
    given = [],
    cost = DEFAULT_SCRYPT_COST,
    ntHashes = false,
  } = options;
  const queue = createWorkQueue(options.verifications ?? VERIFICATIONS);
  const register = createAccountRegister();
  const adopt = (users: readonly StoredUser[]): void => register.adopt(users.map(withHashes));
  // Checked in place of an account that does not exist, so that the time of an answer does not tell which names do.
  const decoy = decoyHash(cost);
  /** Accounts of a file may have been hashed at another cost, most of them at the same. */
  const decoyNow = () => ({ ...decoy, ...costOf(register.list()[0]?.password ?? decoy) });
  const ntDecoy = randomBytes(NT_HASH_BYTES);
  const lateHashes = createLateHashes(cost);
  let lastChange: Promise<void> = Promise.resolve();

  adopt(book === undefined ? given.reduce(withGiven, []) : await book.read());
  const watcher =
    book !== undefined && options.watch !== undefined
      ? // In turn with our own changes: what was read before one of them is not to be adopted after it.
        book.watch(() => inTurn(async () => adopt(await book.read())), options.watch.onProblem)
      : undefined;

  function withHashes({ ntHash: stored, ...user }: StoredUser): StoredUser {
    return ntHashes && stored !== undefined ? { ...user, ntHash: stored } : user;
  }

  function find(name: string): StoredUser | undefined {
    return register.find(name) ?? register.find(withoutDomain(name));
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = lastChange.then(work);
    lastChange = done.catch(() => undefined);
    return done;
  }

  function change(edit: (users: readonly StoredUser[]) => readonly StoredUser[]): Promise<void> {
    return inTurn(async () => {
      const clean = (users: readonly StoredUser[]) => edit(users).map(withHashes);
      adopt(book === undefined ? clean(register.list()) : await book.change(clean));
    });
  }

  function withGiven(users: readonly StoredUser[], { name, password, roles }: GivenUser): readonly StoredUser[] {
    checkAccount(name, password);
    const hashes = { password: lateHashes.promise(password), ...ntHashOfPassword(password) };
    return withUser(users, name, hashes, { roles, which: 'new' });
  }

  function ntHashOfPassword(password: string): Pick<StoredUser, 'ntHash'> {
    return ntHashes ? { ntHash: ntHash(password).toString('base64') } : {};
  }

  async function hashesOf(name: string, password: string): Promise<Pick<StoredUser, 'password' | 'ntHash'>> {
    checkAccount(name, password);
    return { password: await hashPassword(password, cost), ...ntHashOfPassword(password) };
  }

  return {
    async add(name, password, roles, which = 'any') {
      const hashes = await hashesOf(name, password);
      await change((users) => withUser(users, name, hashes, { roles, which }));
    },

    async addFirst(name, password) {
      const hashes = await hashesOf(name, password);
      let isFirst = false;
      await change((users) => {
        isFirst = users.length === 0;
        return isFirst ? withUser(users, name, hashes, { roles: undefined, which: 'new' }) : users;
      });
      return isFirst;
    },

    checkName: (name, which) => void findWhich(register.list(), name, which),
    remove: (name) => change((users) => withoutUser(users, name)),
    setRoles: (name, roles) => change((users) => withRoles(users, name, roles)),

    async verify(name, password) {
      const user = find(name);
      return queue.run(async () => {
        const matches = await matchesPassword(password, await lateHashes.redeem(user?.password ?? decoyNow()));
        return matches ? user?.name : undefined;
      });
    },

    ntHashOf(name) {
      const user = find(name);
      if (user?.ntHash !== undefined) return { user: user.name, hash: Buffer.from(user.ntHash, 'base64') };
      const problem = user === undefined ? 'no such user:' : 'an account without NT hash (set its password again):';
      return { user: undefined, hash: ntDecoy, problem };
    },

    resolve: (name) => find(name)?.name,
    accountOf: (name) => register.accountOf(name),
    list: () => register.list().map(({ name }) => name),
    describe: () =>
      register
        .list()
        .map(({ name, roles = RIGHTS, ntHash: stored }) => ({ name, roles, negotiate: stored !== undefined })),
    hashGiven: () => lateHashes.make(),
    close: () => watcher?.close(),
  };
}

/** @throws AccountError */
function checkAccount(name: string, password: string): void {
  const problem = accountProblem(name, password);
  if (problem !== undefined) throw new AccountError(problem);
}
