import cluster, { type Worker } from 'node:cluster';
import type { WorkerFacts } from '../control/control-context.js';
import type { Logger } from '../http/logger.js';
import { type Channel, openChannel, type Services } from './channel.js';
import type { Listening, WorkerServices, WorkerStart } from './protocol.js';
import { createRestartDelay } from './restart-delay.js';

/** How long a worker may take to finish what runs, in milliseconds: more than its endpoint takes at most. */
const CLOSE_MS = 15_000;

export interface SlotTerms {
  readonly number: number;
  /** As it is to be at the time. */
  startOf(number: number): WorkerStart;
  readonly services: Services;
  readonly logger: Logger;
  /** What a worker writes is to be read. */
  onFork(worker: Worker, number: number): void;
  onReady(number: number): void;
  onExit(number: number): void;
}

/** The place of one worker: when it ends, another one takes it. */
export interface WorkerSlot {
  readonly facts: WorkerFacts;
  /** Undefined while nobody is there that could be asked. */
  readonly channel: Channel<WorkerServices> | undefined;
  /** @throws what the worker could not start for: nobody takes its place then */
  begin(): Promise<Listening>;
  /** Lets the worker finish what runs. */
  close(): Promise<void>;
  /** At once. */
  kill(): void;
}

export function createWorkerSlot(terms: SlotTerms): WorkerSlot {
  const { number, logger, services } = terms;
  const delay = createRestartDelay();
  let state: WorkerFacts['state'] = 'starting';
  let restarts = 0;
  let worker: Worker | undefined;
  let channel: Channel<WorkerServices> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isFirst = true;
  let exited: Promise<void> = Promise.resolve();

  async function begin(): Promise<Listening> {
    const started = performance.now();
    state = 'starting';
    const one = cluster.fork();
    worker = one;
    let greet: () => void = () => undefined;
    const greeted = new Promise<void>((resolve) => {
      greet = resolve;
    });
    const own = openChannel<WorkerServices>(one, { ...services, hello: () => greet() }, (err) =>
      logger.error({ err, worker: number }, 'a message of a worker failed'),
    );
    let problem: unknown;
    exited = new Promise((resolve) => {
      one.once('exit', (code: number | null, signal: string | null) => {
        worker = undefined;
        channel = undefined;
        terms.onExit(number);
        if (state !== 'closing' && !isFirst) replace(performance.now() - started, { code, signal }, problem);
        resolve();
      });
    });
    terms.onFork(one, number);
    channel = own;
    try {
      await Promise.race([greeted, exited]);
      const listening = await own.ask('start', terms.startOf(number));
      if (state === 'starting') state = 'ready';
      isFirst = false;
      terms.onReady(number);
      return listening;
    } catch (error) {
      problem = error;
      one.kill('SIGKILL');
      await exited;
      throw error;
    }
  }

  function replace(livedMs: number, how: { code: number | null; signal: string | null }, problem: unknown): void {
    const restartMs = delay.next(livedMs);
    restarts += 1;
    const facts = {
      ...(how.signal === null ? { code: how.code } : { signal: how.signal }),
      ...(problem instanceof Error && { reason: problem.message }),
      livedMs: Math.round(livedMs),
      restartMs,
    };
    logger.warn({ worker: number, ...facts }, 'a worker ended; another one takes its place');
    state = restartMs === 0 ? 'starting' : 'waiting';
    // What goes wrong is told when the process has ended.
    timer = setTimeout(() => void begin().catch(() => undefined), restartMs);
  }

  return {
    get facts() {
      return { number, pid: worker?.process.pid, state, restarts };
    },
    get channel() {
      return channel;
    },
    begin,
    async close() {
      state = 'closing';
      clearTimeout(timer);
      const force = setTimeout(() => worker?.kill('SIGKILL'), CLOSE_MS);
      channel?.tell('close', undefined);
      await exited;
      clearTimeout(force);
    },
    kill() {
      state = 'closing';
      worker?.process.kill('SIGKILL');
    },
  };
}
