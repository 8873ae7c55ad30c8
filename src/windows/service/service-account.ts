import type { CimInstance } from '../../cim/model/cim-instance.js';
import { allOf, type MachineReader } from '../machine.js';
import { isSame } from './service-rows.js';

const SYSTEM_ACCOUNT =
  /^(?:LocalSystem|(?:NT AUTHORITY\\|\.\\)?(?:LocalService|NetworkService|Local Service|Network Service|System|LocalSystem)|NT SERVICE\\.+)$/i;

/**
 * The account that a service is to run as: `unknown` when nobody has that name, `disabled` when it may not log on. Accounts are those
 * that the lab lists as `Win32_UserAccount`, by name; where it lists none, any will do.
 */
export async function findAccount(context: MachineReader, name: string): Promise<'usable' | 'disabled' | 'unknown'> {
  if (name === '' || SYSTEM_ACCOUNT.test(name)) return 'usable';
  const accounts = await allOf(context, 'Win32_UserAccount');
  if (accounts.length === 0) return 'usable';
  const found = accounts.find((one) => isNamed(one, name));
  if (!found) return 'unknown';
  return found.get('Disabled') === true || found.get('Lockout') === true ? 'disabled' : 'usable';
}

function isNamed(account: CimInstance, name: string): boolean {
  const [first = '', second] = name.split('\\');
  const user = second ?? first.split('@')[0];
  const domain = second === undefined || first === '.' ? undefined : first;
  return (
    isSame(account.getString('Name'), user) && (domain === undefined || isSame(account.getString('Domain'), domain))
  );
}
