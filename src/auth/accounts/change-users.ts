import { foldAccountName } from './account-name.js';
import { formatRole, type Role } from './role.js';
import type { StoredUser } from './stored-user.js';

/** A name that cannot be added, changed or removed. */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly expected = true;
}

/** Which account a password may be given: one that is not there yet, one that is, or either. */
export type WhichUser = 'new' | 'known' | 'any';

/**
 * The account that a password is to be given to; undefined for one that is not there yet.
 *
 * @throws AccountError when the account is there and must not be, or the other way round
 */
export function findWhich(users: readonly StoredUser[], name: string, which: WhichUser): StoredUser | undefined {
  const found = which === 'known' ? getUser(users, name) : users.find(isNamed(name));
  if (which === 'new' && found !== undefined) throw new AccountError(`there is a user ${found.name} already`);
  return found;
}

/**
 * Adds an account, or gives the one of that name a new password; its roles stay when none are given.
 *
 * @throws AccountError when the account is there and must not be, or the other way round
 */
export function withUser(
  users: readonly StoredUser[],
  name: string,
  hashes: Pick<StoredUser, 'password' | 'ntHash'>,
  { roles, which }: { readonly roles: readonly Role[] | undefined; readonly which: WhichUser },
): readonly StoredUser[] {
  const before = findWhich(users, name, which);
  const texts = roles === undefined ? before?.roles : textsOf(roles);
  const user = { name: before?.name ?? name, ...hashes, ...(texts !== undefined && { roles: texts }) };
  return before === undefined ? [...users, user] : users.map((one) => (one === before ? user : one));
}

/** @throws AccountError when there is no such account */
export function withoutUser(users: readonly StoredUser[], name: string): readonly StoredUser[] {
  const user = getUser(users, name);
  return users.filter((one) => one !== user);
}

/**
 * @param roles `undefined`: everything is allowed
 * @throws AccountError when there is no such account
 */
export function withRoles(
  users: readonly StoredUser[],
  name: string,
  roles: readonly Role[] | undefined,
): readonly StoredUser[] {
  const user = getUser(users, name);
  const { roles: _before, ...rest } = user;
  const changed = roles === undefined ? rest : { ...rest, roles: textsOf(roles) };
  return users.map((one) => (one === user ? changed : one));
}

/** The account of a name, without regard to case. @throws AccountError when there is none */
function getUser(users: readonly StoredUser[], name: string): StoredUser {
  const user = users.find(isNamed(name));
  if (user === undefined) throw new AccountError(`there is no user ${name.slice(0, 256)}`);
  return user;
}

function isNamed(name: string): (user: StoredUser) => boolean {
  const folded = foldAccountName(name);
  return (user) => foldAccountName(user.name) === folded;
}

function textsOf(roles: readonly Role[]): readonly string[] {
  return [...new Set(roles.map(formatRole))];
}
