import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { InstanceContext } from '../../cim/contracts/provider.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import type { StoredInstance } from '../on-instance.js';
import { findAccount, plainName, USER_CLASSES } from './find-account.js';
import type { CallerSids } from './granted-access.js';
import { ADMINISTRATORS, AUTHENTICATED_USERS, EVERYONE } from './well-known-sids.js';

type Caller = Pick<InstanceContext, 'store' | 'user'>;

/**
 * The security identifiers of a caller. One whose name is that of a Win32_UserAccount has its groups, as Win32_GroupUser says; any other
 * account of the endpoint is an administrator, since nobody else may come to a Windows by WS-Man.
 *
 * @param user the account, with or without a domain; undefined for calls from the same process, which may do everything
 */
export async function callerSids(store: InstanceReader, user: string | undefined): Promise<CallerSids> {
  if (user === undefined) return 'everything';
  const sids = [EVERYONE.sid, AUTHENTICATED_USERS.sid];
  const account = await callerAccount(store, user);
  if (!account) return new Set([...sids, ADMINISTRATORS.sid]);
  const own = account.getString('SID');
  if (own !== undefined) sids.push(own);
  return new Set([...sids, ...(await groupSids(store, account.path))]);
}

/** Of the groups that an account is in, and of those that these are in. */
async function groupSids(store: InstanceReader, account: InstancePath): Promise<readonly string[]> {
  const sids: string[] = [];
  const seen = new Set<string>();
  for (const members = [account]; members.length > 0; ) {
    const member = members.pop() as InstancePath; // there is one
    const memberships = await store.referencing(member, { classNames: ['Win32_GroupUser'], role: 'PartComponent' });
    for (const membership of memberships) {
      const group = membership.get('GroupComponent');
      if (!(group instanceof InstancePath) || seen.has(group.canonical)) continue;
      seen.add(group.canonical);
      members.push(group);
      const sid = (await store.get(group))?.getString('SID');
      if (sid !== undefined) sids.push(sid);
    }
  }
  return sids;
}

/**
 * The Win32_UserAccount of a caller. Accounts of the endpoint are called as somebody likes: one of a domain that the computer does not know
 * is taken for its own of that name.
 */
async function callerAccount(store: InstanceReader, user: string): Promise<StoredInstance | undefined> {
  return (await findAccount(store, user, USER_CLASSES)) ?? (await findAccount(store, plainName(user), USER_CLASSES));
}

/** The security identifier of the caller's account; undefined where the computer has none for them. */
export async function callerSid({ store, user }: Caller): Promise<string | undefined> {
  return user === undefined ? undefined : (await callerAccount(store, user))?.getString('SID');
}
