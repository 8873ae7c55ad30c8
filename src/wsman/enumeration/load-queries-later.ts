/** After the start, in milliseconds: whoever waits for it has been served by then. */
const LATER_MS = 1_000;

/**
 * Loads what the first query would load. A module that cannot be loaded when it is first wanted, since there is no file descriptor left at
 * that moment, never is: Node remembers the failure.
 *
 * @returns what keeps it from being done, if it has not been
 */
export function loadQueriesLater(): () => void {
  const timer = setTimeout(() => {
    const loading = [import('./open-query.js'), import('./open-associations.js'), import('./make-filter.js')];
    // Whoever needs them is told.
    Promise.all(loading).catch(() => undefined);
  }, LATER_MS).unref();
  return () => clearTimeout(timer);
}
