import { UsageError } from './exit-with-error.js';
import { type PasswordSource, readPasswordLines } from './read-password.js';
import { parseUser, splitUsersVariable, type UserArgument } from './serve-options.js';

/** What of the flags of `serve` says who may sign in. */
export interface AccountFlags {
  readonly user?: readonly string[];
  readonly passwordStdin: boolean;
}

/**
 * The accounts that were given, with passwords from stdin for those that came without one.
 *
 * @param given where the accounts stand: as flags, one in each, or all of them in the variable
 * @throws UsageError
 */
export async function usersOf(
  { user = [], passwordStdin }: AccountFlags,
  given: '--user' | 'CIMULATOR_USER',
  source: PasswordSource,
): Promise<UserArgument[]> {
  const entries = given === '--user' ? user : user.flatMap(splitUsersVariable);
  if (!passwordStdin) return entries.map((entry) => parseUser(entry, given));
  const bare = entries.filter((entry) => !entry.includes(':'));
  if (bare.length === 0) throw new UsageError('--password-stdin goes with --user NAME, without a password');
  const passwords = await readPasswordLines(source, bare.length);
  return entries.map((entry) => parseUser(entry.includes(':') ? entry : `${entry}:${passwords.shift()}`, given));
}
