/**
 * Ends the process as people expect of a server: the first SIGTERM or SIGINT lets `stop` finish, then the process exits with 0;
 * the second one ends it at once (status 128 + signal number, as shells report it).
 *
 * @param stop may be slow, must not reject
 */
export function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(128 + number);
      stopping = true;
      void stop().finally(() => process.exit());
    });
  }
}
