import type { InstanceReader } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { instancesIn } from '../derived-rows.js';
import { CIMV2 } from '../namespaces.js';
import { ADMINISTRATORS, AUTHENTICATED_USERS, EVERYONE, INTERACTIVE, USERS } from '../security/well-known-sids.js';
import { embedded } from './task-rows.js';

/** The accounts of the system: how tasks show them, how services name them, and what else they are called. */
const SYSTEM_ACCOUNTS = [
  { shown: 'SYSTEM', service: 'LocalSystem', sid: 'S-1-5-18', names: ['system', 'localsystem'] },
  { shown: 'LOCAL SERVICE', service: 'NT AUTHORITY\\LocalService', sid: 'S-1-5-19', names: ['localservice'] },
  { shown: 'NETWORK SERVICE', service: 'NT AUTHORITY\\NetworkService', sid: 'S-1-5-20', names: ['networkservice'] },
];

/** Groups that every Windows has and no lab need list. */
const WELL_KNOWN_GROUPS = [EVERYONE, INTERACTIVE, AUTHENTICATED_USERS, ADMINISTRATORS, USERS];

/** Classes of those whom a task can run as. */
const USER_CLASSES = ['Win32_UserAccount'];
const GROUP_CLASSES = ['Win32_Group', 'Win32_SystemAccount'];

function systemAccount(name: string) {
  const plain = name
    .replace(/^(?:NT AUTHORITY|\.)\\/i, '')
    .replaceAll(' ', '')
    .toLowerCase();
  return SYSTEM_ACCOUNTS.find(({ names, sid }) => names.includes(plain) || sameName(sid, name));
}

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
  if (system) return system.shown;
  const found = await findNamed(name, USER_CLASSES, store);
  if (found !== undefined) return found;
  return user !== undefined && sameName(plainName(name), plainName(user)) ? plainName(user) : undefined;
}

export async function shownGroup(name: string, store: InstanceReader): Promise<string | undefined> {
  const known = WELL_KNOWN_GROUPS.find((one) => sameName(one.sid, name) || sameName(one.name, plainName(name)));
  return known?.name ?? (await findNamed(name, GROUP_CLASSES, store));
}

async function findNamed(
  name: string,
  classNames: readonly string[],
  store: InstanceReader,
): Promise<string | undefined> {
  for (const className of classNames)
    for (const account of await instancesIn(store, { namespace: CIMV2, className })) {
      const own = account.getString('Name') ?? '';
      if (sameName(own, plainName(name)) || sameName(account.getString('SID') ?? '', name)) return own;
    }
  return undefined;
}

function plainName(name: string): string {
  return name.replace(/^.*\\/, '').replace(/@.*$/, '');
}

/** Whom a task's processes belong to, as processes have it. */
export async function principalAccount(
  task: CimInstance,
  { store }: { readonly store: InstanceReader },
): Promise<string> {
  const user = embedded(task, 'Principal')?.getString('UserId') ?? '';
  const system = systemAccount(user);
  if (user === '' || system) return system?.service ?? 'LocalSystem';
  const [computer] = await instancesIn(store, { namespace: CIMV2, className: 'Win32_ComputerSystem' });
  return user.includes('\\') ? user : `${computer?.getString('Name') ?? ''}\\${user}`;
}
