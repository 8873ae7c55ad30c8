import type { Stats } from 'node:fs';

/** What may be open to others: nothing (`secret`), or reading, but not changing (`trusted`). */
export type Trust = 'secret' | 'trusted';

/** Somebody else may read or change what is to be relied on. `expected`: the message has the command that mends it. */
export class StrictModesError extends Error {
  override readonly name = 'StrictModesError';
  readonly expected = true;
}

const FORBIDDEN: Readonly<Record<Trust, number>> = { secret: 0o077, trusted: 0o022 };
const ROOT = 0;
/** A folder for everybody, where each may take out only what is its own: `/tmp`. */
const STICKY = 0o1000;

/**
 * Sees to it that a file or folder is its user's own, as OpenSSH does with StrictModes (sshd_config(5)): it belongs to the user of this
 * process, or to root, and nobody else may change it, nor read it where it is secret. Windows has no such modes; there nothing is looked at.
 *
 * @throws StrictModesError
 */
export function checkModes(path: string, { uid, mode }: Pick<Stats, 'uid' | 'mode'>, trust: Trust): void {
  const user = process.getuid?.();
  if (user === undefined) return;
  if (uid !== user && uid !== ROOT)
    throw new StrictModesError(`${path} belongs to user ${uid}, not to user ${user}: chown ${user} ${quoted(path)}`);
  if ((mode & FORBIDDEN[trust]) === 0) return;
  // Nobody should mend that.
  if ((mode & STICKY) !== 0)
    throw new StrictModesError(`${path} is a folder for everybody: take one of your own below it`);
  const octal = `mode ${(mode & 0o777).toString(8).padStart(4, '0')}`;
  throw new StrictModesError(
    trust === 'secret'
      ? `others may read or change ${path} (${octal}): chmod go= ${quoted(path)}`
      : `others may change ${path} (${octal}): chmod go-w ${quoted(path)}`,
  );
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
