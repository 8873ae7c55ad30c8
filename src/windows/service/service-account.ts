import { allOf, type MachineReader } from '../machine.js';
import { findAccount, USER_CLASSES } from '../security/find-account.js';
import { sidBytes } from '../security/sid.js';
import { systemAccount } from '../security/system-accounts.js';

/** The account that each service has of its own. */
const SERVICE_ACCOUNT = /^NT SERVICE\\.+$/i;

/**
 * The account that a service is to run as: `unknown` when nobody has that name, `disabled` when it may not log on. Accounts are those
 * that the lab lists as `Win32_UserAccount`, by name and not by security identifier; where it lists none, any will do.
 */
export async function accountState(context: MachineReader, name: string): Promise<'usable' | 'disabled' | 'unknown'> {
  const isSid = sidBytes(name) !== undefined;
  if (name === '' || SERVICE_ACCOUNT.test(name) || (systemAccount(name) && !isSid)) return 'usable';
  if ((await allOf(context, 'Win32_UserAccount')).length === 0) return 'usable';
  const found = isSid ? undefined : await findAccount(context.store, name, USER_CLASSES);
  if (!found) return 'unknown';
  return found.get('Disabled') === true || found.get('Lockout') === true ? 'disabled' : 'usable';
}
