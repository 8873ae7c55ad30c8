import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { instancesIn } from '../derived-rows.js';
import { CIMV2 } from '../namespaces.js';
import { findAccount, findWellKnown, GROUP_CLASSES, plainName, USER_CLASSES } from '../security/find-account.js';
import { systemAccount } from '../security/system-accounts.js';
import { ADMINISTRATORS, AUTHENTICATED_USERS, EVERYONE, INTERACTIVE, USERS } from '../security/well-known-sids.js';
import { embedded } from './task-rows.js';

/** Groups that every Windows has and no lab need list. */
const WELL_KNOWN_GROUPS = [EVERYONE, INTERACTIVE, AUTHENTICATED_USERS, ADMINISTRATORS, USERS];

/** Whether an account is the system's, which needs no password and no session. */
export function isSystemAccount(name: string): boolean {
  return systemAccount(name) !== undefined;
}

/**
 * An account as a task shows it: those of the system in capitals, others as the computer calls them, and whoever has no account there but
 * signs in at the endpoint as he is called.
 *
 * @param user who asks
 * @returns undefined for nobody
 */
export async function shownUser(
  name: string,
  store: InstanceReader,
  user: string | undefined,
): Promise<string | undefined> {
  const system = systemAccount(name);
  if (system) return system.name;
  const found = await findAccount(store, name, USER_CLASSES);
  if (found) return found.getString('Name');
  return user !== undefined && sameName(plainName(name), plainName(user)) ? plainName(user) : undefined;
}

export async function shownGroup(name: string, store: InstanceReader): Promise<string | undefined> {
  const known = findWellKnown(name);
  if (known && WELL_KNOWN_GROUPS.includes(known)) return known.name;
  return (await findAccount(store, name, GROUP_CLASSES))?.getString('Name');
}

/** Whom a task's processes belong to, as processes have it. */
export async function principalAccount(
  task: CimInstance,
  { store }: { readonly store: InstanceReader },
): Promise<string> {
  const user = embedded(task, 'Principal')?.getString('UserId') ?? '';
  const system = systemAccount(user);
  if (user === '' || system) return system?.startName ?? 'LocalSystem';
  const [computer] = await instancesIn(store, { namespace: CIMV2, className: 'Win32_ComputerSystem' });
  return user.includes('\\') ? user : `${computer?.getString('Name') ?? ''}\\${user}`;
}
