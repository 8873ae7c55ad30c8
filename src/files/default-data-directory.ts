import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where the platform wants a user's application data: `%LOCALAPPDATA%`, `~/Library/Application Support`, or the XDG data home. */
export function defaultDataDirectory(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  if (platform === 'win32')
    return win32.join(environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'cimulator');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'cimulator');
  // The XDG base directory specification: a relative path is invalid and ignored.
  const xdg = environment.XDG_DATA_HOME ?? '';
  return posix.join(posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share'), 'cimulator');
}
