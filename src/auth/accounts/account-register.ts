import type { Account } from './account.js';
import { foldAccountName } from './account-name.js';
import { createPermissions, type Permissions } from './permissions.js';
import { parseRoles } from './role.js';
import type { StoredUser } from './stored-user.js';

/** The accounts that are in force, and what those hold who have signed in with them. */
export interface AccountRegister {
  find(name: string): StoredUser | undefined;
  accountOf(name: string): Account | undefined;
  list(): readonly StoredUser[];
  /** Takes over a new list: accounts that are gone or have another password are revoked, the others go on with their new roles. */
  adopt(users: readonly StoredUser[]): void;
}

interface LiveAccount extends Account {
  permissions: Permissions | undefined;
  revoked: boolean;
}

interface Entry {
  readonly user: StoredUser;
  readonly account: LiveAccount;
}

export function createAccountRegister(): AccountRegister {
  let entries: ReadonlyMap<string, Entry> = new Map();
  // By the names as they are: asked for on every request, mostly for these, and folding a name costs more than all the rest.
  let accounts: ReadonlyMap<string, Account> = new Map();

  return {
    find: (name) => entries.get(foldAccountName(name))?.user,
    accountOf: (name) => accounts.get(name) ?? entries.get(foldAccountName(name))?.account,
    list: () => Array.from(entries.values(), ({ user }) => user),

    adopt(users) {
      const before = entries;
      const after = new Map<string, Entry>();
      for (const user of users) {
        const key = foldAccountName(user.name);
        const known = before.get(key);
        const goesOn = known !== undefined && hasSameSecret(known.user, user);
        const account = goesOn ? known.account : { name: user.name, permissions: undefined, revoked: false };
        account.permissions = permissionsOf(user);
        after.set(key, { user, account });
      }
      entries = after;
      accounts = new Map(Array.from(after.values(), ({ account }) => [account.name, account] as const));
      for (const [key, { account }] of before) if (after.get(key)?.account !== account) account.revoked = true;
    },
  };
}

/** Each hash has a salt of its own, so it is another one also when the same password is set again. */
function hasSameSecret(a: StoredUser, b: StoredUser): boolean {
  return a.name === b.name && a.password.hash === b.password.hash && a.ntHash === b.ntHash;
}

function permissionsOf({ roles }: StoredUser): Permissions | undefined {
  return roles === undefined ? undefined : createPermissions(parseRoles(roles));
}
