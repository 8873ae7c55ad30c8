import cluster from 'node:cluster';
import type { DestinationStream } from 'pino';
import type { WorkerFacts } from '../control/control-context.js';
import type { Logger } from '../http/logger.js';
import type { Channel, Services } from './channel.js';
import type { Listening, Shared, WorkerServices, WorkerStart } from './protocol.js';
import { forwardLines, writeLogLine } from './worker-output.js';
import { createWorkerSlot } from './worker-slot.js';

/** How long a worker that is busy is waited for, in milliseconds. */
const ASK_MS = 1_000;

export interface PoolTerms {
  readonly count: number;
  startOf(number: number): WorkerStart;
  /** What the workers may ask. */
  servicesFor(number: number): Services;
  readonly logger: Logger;
  /** Where the lines of the workers' logs go. */
  readonly log: DestinationStream;
  onExit(number: number): void;
}

/** All workers of a server. */
export interface WorkerPool {
  /** @returns where they listen @throws what the first that could not start failed for; none is left then */
  begin(): Promise<Listening>;
  facts(): readonly WorkerFacts[];
  share(changed: Partial<Shared>): void;
  /** Asks all at once that are there. @returns what came in time: later the signal is aborted */
  askAll<T>(ask: (worker: Channel<WorkerServices>, signal: AbortSignal) => Promise<T>): Promise<readonly T[]>;
  close(): Promise<void>;
}

/**
 * Processes that listen on the same ports, by node:cluster: the primary takes connections and hands them on in turn, and each stays where
 * it is, since NTLM and Kerberos sign in on a connection.
 */
export function createWorkerPool(terms: PoolTerms): WorkerPool {
  const { count, logger, log } = terms;
  cluster.schedulingPolicy = cluster.SCHED_RR;
  cluster.setupPrimary({
    args: ['worker'],
    silent: true,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const slots = Array.from({ length: count }, (_, index) =>
    createWorkerSlot({
      number: index + 1,
      startOf: terms.startOf,
      services: terms.servicesFor(index + 1),
      logger,
      onFork({ process: child }, number) {
        if (child.stdout) forwardLines(child.stdout, (line) => process.stdout.write(line));
        if (child.stderr) forwardLines(child.stderr, (line) => writeLogLine(line, number, log));
      },
      onReady: (number) => logger.info({ worker: number }, 'a worker is ready'),
      onExit: terms.onExit,
    }),
  );
  const kill = (): void => {
    for (const slot of slots) slot.kill();
  };
  // A second signal ends the primary at once: nobody is left behind.
  process.on('exit', kill);

  return {
    async begin() {
      const begun = await Promise.allSettled(slots.map((slot) => slot.begin()));
      const failed = begun.find((one) => one.status === 'rejected');
      if (failed === undefined) return begun[0]?.status === 'fulfilled' ? begun[0].value : {};
      kill();
      throw failed.reason;
    },
    facts: () => slots.map(({ facts }) => facts),
    share(changed) {
      for (const { channel } of slots) channel?.tell('share', changed);
    },
    async askAll(ask) {
      const signal = AbortSignal.timeout(ASK_MS);
      const late = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      const asked = slots.flatMap(({ channel, facts }) =>
        channel === undefined || facts.state === 'starting' ? [] : [Promise.race([ask(channel, signal), late])],
      );
      late.catch(() => undefined);
      const answers = await Promise.allSettled(asked);
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    },
    async close() {
      await Promise.all(slots.map((slot) => slot.close()));
      process.off('exit', kill);
    },
  };
}
