import type { Readable } from 'node:stream';

/**
 * Ends the process as people expect of a server: the first SIGTERM or SIGINT lets `stop` finish, then the process exits with 0;
 * the second one ends it at once (status 128 + signal number, as shells report it).
 *
 * A server that npm started (`npm start`, `npx`) also stops when npm is ended: npm passes a signal on to the shell between them, which dies
 * of it and leaves the server behind without a word.
 *
 * @param stop may be slow, must not reject
 * @param input its end counts as a first signal, whatever was written to it before: it ends with the process that holds the other end,
 *   also when that is killed. Where that is no terminal, SIGINT is passed over: Ctrl+C in the parent's terminal is meant for the parent
 */
export function onStopSignal(stop: () => Promise<void>, input?: Readable): void {
  let stopping = false;
  const begin = (): void => {
    stopping = true;
    void stop().finally(() => process.exit());
  };
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      if (signal === 'SIGINT' && input !== undefined && !isTerminal(input)) return;
      if (stopping) process.exit(128 + number);
      begin();
    });
  }
  if (input) {
    onEnd(input, () => {
      if (!stopping) begin();
    });
  }
  if (!isStartedByNpm(process.env)) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    if (!stopping) begin();
  }, PARENT_CHECK_MS);
  watch.unref();
}

const PARENT_CHECK_MS = 200;

function isTerminal(input: Readable): boolean {
  return 'isTTY' in input && input.isTTY === true;
}

/** Reads on, so that the end is come to. A terminal that goes away is an error, and then closed. */
function onEnd(input: Readable, listener: () => void): void {
  if (input.readableEnded || input.destroyed) {
    listener();
    return;
  }
  input.once('end', listener).once('close', listener).on('error', listener);
  input.resume();
}

/** `npm start` here, or `npx cimulator`. A script of somebody else's may well leave a server running behind it. */
function isStartedByNpm({ npm_lifecycle_event: script, npm_package_name: name }: NodeJS.ProcessEnv): boolean {
  return script === 'npx' || (script === 'start' && name === 'cimulator');
}
