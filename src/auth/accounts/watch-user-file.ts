import { unwatchFile, watchFile } from 'node:fs';
import { takeOver } from './account-book.js';

/** How often the file is looked at, in milliseconds. Notifications of the system are not to be had on every file system. */
const INTERVAL_MS = 500;

/**
 * Calls `reload` whenever the file has changed, is gone, or is there again.
 *
 * @param reload throws AccountBookError for a file that cannot be read
 * @param onProblem is told of that
 */
export function watchUserFile(
  path: string,
  reload: () => Promise<void>,
  onProblem: (problem: string) => void,
): { close(): void } {
  const listener = () => void takeOver(reload, onProblem);
  // Not persistent: looking at a file keeps no process running.
  watchFile(path, { interval: INTERVAL_MS, persistent: false }, listener);
  return { close: () => unwatchFile(path, listener) };
}
