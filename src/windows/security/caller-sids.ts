import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import { CIMV2 } from '../namespaces.js';
import type { CallerSids } from './granted-access.js';
import { ADMINISTRATORS, AUTHENTICATED_USERS, EVERYONE } from './well-known-sids.js';

/**
 * The security identifiers of a caller. One whose name is that of a Win32_UserAccount has its groups, as Win32_GroupUser says; any other
 * account of the endpoint is an administrator, since nobody else may come to a Windows by WS-Man.
 *
 * @param user the account, with or without a domain; undefined for calls from the same process, which may do everything
 */
export async function callerSids(store: InstanceReader, user: string | undefined): Promise<CallerSids> {
  if (user === undefined) return 'everything';
  const sids = [EVERYONE.sid, AUTHENTICATED_USERS.sid];
  const account = await findAccount(store, user);
  if (account?.path === undefined) return new Set([...sids, ADMINISTRATORS.sid]);
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

/** The account of a caller: of the domain that it names, or else the computer's own before one of a domain. */
export async function findAccount(store: InstanceReader, user: string) {
  const name = user.replace(/^.*\\/, '').replace(/@.*$/, '');
  const domain = user.includes('\\') ? user.replace(/\\.*$/, '') : undefined;
  const found = (await store.findEqual(CIMV2, ['Win32_UserAccount'], 'Name', name)) ?? [];
  const named = found.filter((one) => sameName(one.getString('Name') ?? '', name));
  return (
    named.find((one) => domain !== undefined && sameName(one.getString('Domain') ?? '', domain)) ??
    named.find((one) => one.get('LocalAccount') === true) ??
    named[0]
  );
}
