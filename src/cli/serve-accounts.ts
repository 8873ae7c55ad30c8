import { calledBy, type EffectiveSettings } from '../config/effective-settings.js';
import type { UserEntry } from '../config/kinds/users.js';
import { parseUser } from '../config/parse-user.js';
import { UsageError } from './exit-with-error.js';

import { type PasswordSource, readPasswordLines } from './read-password.js';

/**
 * The accounts that were given, with passwords from stdin, or for a single one from CIMULATOR_PASSWORD, for those that came without.
 *
 * @throws UsageError which never quotes a password
 */
export async function usersOf(
  settings: EffectiveSettings,
  source: PasswordSource,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<UserEntry[]> {
  const { user = [], passwordStdin } = settings.values;
  const given = calledBy(settings, 'user');
  const isBare = (entry: string | UserEntry) => typeof entry === 'string' && !entry.includes(':');
  const bare = user.filter(isBare);
  if (passwordStdin && bare.length === 0)
    throw new UsageError('--password-stdin goes with --user NAME, without a password');
  const passwords = passwordStdin ? await readPasswordLines(source, bare.length) : passwordFor(bare, environment);
  return user.map((entry) => {
    if (typeof entry !== 'string') return entry;
    const password = isBare(entry) ? passwords.shift() : undefined;
    return parseUser(password === undefined ? entry : `${entry}:${password}`, given);
  });
}

/** As commands of the client take it, and as `--env-file` tells it: one name, its password in a variable of its own. */
function passwordFor(bare: readonly unknown[], { CIMULATOR_PASSWORD: password }: NodeJS.ProcessEnv): string[] {
  return bare.length === 1 && password !== undefined ? [password] : [];
}
