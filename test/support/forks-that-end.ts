import { ForksPoolWorker } from 'vitest/node';

/** How long a process of tests may take to end. */
const MOST_MS = 20_000;

/**
 * Processes of tests as vitest's own pool makes them, but for one thing: its `stop` waits for the exit of a process that has ended already
 * by a signal, without end, since it asks for the exit code alone, which such a one does not have. A run was then never over, and reported
 * nothing.
 */
class EndingFork extends ForksPoolWorker {
  #exited: Promise<void> | undefined;
  #hasExited = false;

  override async start(): Promise<void> {
    await super.start();
    this.#exited ??= new Promise((resolve) => {
      this.on('exit', () => {
        this.#hasExited = true;
        resolve();
      });
    });
  }

  override async stop(): Promise<void> {
    if (this.#hasExited) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`a process of tests has not ended after ${MOST_MS / 1000} s`)),
        MOST_MS,
      );
    });
    await Promise.race([super.stop(), late]).finally(() => clearTimeout(timer));
  }
}

/** For `pool` of vitest's configuration. */
export const forksThatEnd = {
  name: 'forks that end',
  createPoolWorker: (options: ConstructorParameters<typeof ForksPoolWorker>[0]) => new EndingFork(options),
};
