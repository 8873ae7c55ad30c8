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
  const memberships = await store.referencing(account.path, { classNames: ['Win32_GroupUser'], role: 'PartComponent' });
  for (const membership of memberships) {
    const group = membership.get('GroupComponent');
    const sid = group instanceof InstancePath ? (await store.get(group))?.getString('SID') : undefined;
    if (sid !== undefined) sids.push(sid);
  }
  return new Set(sids);
}

/** The local account of a caller, by its name without the domain. */
export async function findAccount(store: InstanceReader, user: string) {
  const name = user.replace(/^.*\\/, '').replace(/@.*$/, '');
  const found = (await store.findEqual(CIMV2, ['Win32_UserAccount'], 'Name', name)) ?? [];
  return found.find((one) => sameName(one.getString('Name') ?? '', name));
}
