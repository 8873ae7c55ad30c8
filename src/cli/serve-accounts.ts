import { calledBy, type EffectiveSettings } from '../config/effective-settings.js';
import type { UserEntry } from '../config/kinds/users.js';
import { parseUser } from '../config/parse-user.js';
import { UsageError } from './exit-with-error.js';

import { type PasswordSource, readPasswordLines } from './read-password.js';

/**
 * The accounts that were given, with passwords from stdin for those that came without one.
 *
 * @throws UsageError which never quotes a password
 */
export async function usersOf(settings: EffectiveSettings, source: PasswordSource): Promise<UserEntry[]> {
  const { user = [], passwordStdin } = settings.values;
  const given = calledBy(settings, 'user');
  const isBare = (entry: string | UserEntry) => typeof entry === 'string' && !entry.includes(':');
  const bare = user.filter(isBare);
  if (passwordStdin && bare.length === 0)
    throw new UsageError('--password-stdin goes with --user NAME, without a password');
  const passwords = passwordStdin ? await readPasswordLines(source, bare.length) : [];
  return user.map((entry) => {
    if (typeof entry !== 'string') return entry;
    return parseUser(passwordStdin && isBare(entry) ? `${entry}:${passwords.shift()}` : entry, given);
  });
}
