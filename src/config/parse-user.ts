import { accountProblem } from '../auth/accounts/account-name.js';
import { OptionError } from '../options/option-error.js';
import type { UserEntry } from './kinds/users.js';

/**
 * `NAME:PASSWORD`; the first colon parts them.
 *
 * @param source what messages call it: the flag, or the variable
 * @throws OptionError which never quotes the password
 */
export function parseUser(value: string, source = '--user'): UserEntry {
  const colon = value.indexOf(':');
  if (colon < 0) throw new OptionError(`${source}: expected NAME:PASSWORD`);
  const user = { name: value.slice(0, colon), password: value.slice(colon + 1) };
  const problem = accountProblem(user.name, user.password);
  if (problem !== undefined) throw new OptionError(`${source}: ${problem}`);
  return user;
}
