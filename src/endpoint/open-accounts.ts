import { join } from 'node:path';
import { ensureAccount, type FirstAccount } from '../auth/accounts/first-account.js';
import { parseRoles } from '../auth/accounts/role.js';
import { sharedBook } from '../auth/accounts/shared-book.js';
import { USER_FILE } from '../auth/accounts/user-file.js';
import { openUserStore, type UserStore } from '../auth/accounts/user-store.js';
import type { SharedText } from '../cim/contracts/shared-text.js';
import type { Logger } from '../http/logger.js';
import { statePlace } from '../state/state-place.js';
import type { Closers } from './closers.js';
import type { AccountOptions } from './options/account-options.js';
import { withAuthenticationDefaults } from './options/authentication-options.js';
import type { StateOptions } from './options/state-options.js';

/** After the start, in milliseconds: who waits for it, and for the first answer, has them by then. */
const LATER_MS = 1_000;

export interface Accounts {
  readonly users: UserStore;
  /** The one to show at start. */
  readonly first: FirstAccount;
}

/** The accounts, unless they lie where the state does, which has to be opened first. */
export async function openOwnAccounts(
  options: AccountOptions & StateOptions,
  logger: Logger,
  closers: Closers,
): Promise<Accounts | undefined> {
  return areInState(options) ? undefined : openAccounts(options, logger, closers);
}

function areInState({ users = [], state }: AccountOptions & StateOptions): boolean {
  if (users.length > 0 || state === undefined) return false;
  return typeof state === 'string' ? statePlace(state).kind === 'postgres' : state.accounts !== undefined;
}

/**
 * Accounts given by the caller stand for this run only; otherwise those of a database that endpoints share count, or else those of the
 * data directory.
 *
 * @param shared those of a state
 * @throws AccountError, RoleError, AccountBookError
 */
export async function openAccounts(
  options: AccountOptions,
  logger: Logger,
  closers: Closers,
  shared?: SharedText,
): Promise<Accounts> {
  const { users: given = [], dataDir, authentication } = options;
  const [first] = given;
  const ntHashes = withAuthenticationDefaults(authentication).negotiate;
  if (first) {
    const users = await openUserStore({
      ntHashes,
      given: given.map(({ name, password, roles }) => ({ name, password, roles: roles && parseRoles(roles) })),
    });
    closers.add(() => users.close());
    closers.add(hashLater(users, logger));
    return { users, first: { name: first.name, password: first.password } };
  }
  const watch = { onProblem: (problem: string) => logger.error({}, problem) };
  const file = dataDir && { file: join(dataDir, USER_FILE) };
  const users = await openUserStore({
    ntHashes,
    watch,
    ...(shared === undefined ? file : { book: sharedBook(shared) }),
  });
  closers.add(() => users.close());
  return { users, first: await ensureAccount(users) };
}

/** @returns what keeps it from being done, if it has not been */
function hashLater(users: UserStore, logger: Logger): () => void {
  const timer = setTimeout(() => {
    // Whoever signs in tries it again.
    users.hashGiven().catch((err: unknown) => logger.error({ err }, 'a password could not be hashed'));
  }, LATER_MS).unref();
  return () => clearTimeout(timer);
}
