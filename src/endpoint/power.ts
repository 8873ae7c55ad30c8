import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../http/logger.js';
import { until } from '../windows/until.js';

/** Whether a computer runs: it is `restarting` until it listens again, and stays `off` until somebody starts it. */
export type PowerState = 'on' | 'restarting' | 'off';

/** What becomes of a computer that goes down, and comes up again. */
export interface PowerParts {
  /** How long it is gone when it restarts, in milliseconds of its clock. */
  readonly rebootMs: number;
  now(): number;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  /** Ends every connection, and what clients have begun. */
  goDown(): Promise<void>;
  /** Listens again. @throws ListenError when somebody else does by now */
  comeUp(): Promise<void>;
}

/** How a computer goes down. */
export type PowerWay = 'restart' | 'shutdown';

/** A computer that can be restarted and switched off. */
export interface Power {
  readonly state: PowerState;
  /**
   * Begins, and returns at once. One that is down already stays as it is.
   *
   * @param started what is done once it listens again
   */
  leave(way: PowerWay, started: () => Promise<void>): void;
  /** Has it run again, at once, and waits for it; one that runs is left alone. @throws ListenError when somebody else listens where it did */
  start(): Promise<void>;
  /** It does not come up any more. */
  close(): Promise<void>;
}

/** How long somebody else may have the port before it is tried again, in milliseconds. */
const RETRY_MS = 250;

export function createPower({ rebootMs, now, logger, goDown, comeUp }: PowerParts): Power {
  let state: PowerState = 'on';
  const closing = new AbortController();
  let early = new AbortController();
  let going: Promise<void> = Promise.resolve();
  let started: () => Promise<void> = () => Promise.resolve();

  async function up(): Promise<void> {
    if (closing.signal.aborted) return;
    await comeUp();
    state = 'on';
    logger.info({}, 'the machine runs again');
    // The model may have gone back meanwhile, to which this does not belong.
    await started().catch((err: unknown) => logger.info({ err }, 'the start of the machine was not noted'));
  }

  /** Until its port is free: whoever waits for the machine finds it there. */
  async function upWhenFree(): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await up();
      } catch (err) {
        if (isFirst) logger.error({ err }, 'the machine cannot listen again yet');
        await delay(RETRY_MS, undefined, { signal: closing.signal });
      }
    }
  }

  async function restart(isWanted: AbortSignal): Promise<void> {
    await goDown();
    await until(now() + rebootMs, now, isWanted).catch(() => undefined);
    await upWhenFree();
  }

  return {
    get state() {
      return state;
    },
    leave(way, afterwards) {
      if (state !== 'on' || closing.signal.aborted) return;
      started = afterwards;
      state = way === 'restart' ? 'restarting' : 'off';
      early = new AbortController();
      const isWanted = AbortSignal.any([early.signal, closing.signal]);
      const work = way === 'restart' ? restart(isWanted) : goDown();
      going = work.catch((err: unknown) => {
        if (!closing.signal.aborted) logger.error({ err }, 'the machine did not go down as it should');
      });
    },
    async start() {
      early.abort();
      await going;
      if (state === 'off') await up();
    },
    async close() {
      closing.abort();
      await going;
    },
  };
}
