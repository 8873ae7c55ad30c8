import { setTimeout as delay } from 'node:timers/promises';
import { Cancellation } from '../cim/contracts/cancellation.js';
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

export function createPower(parts: PowerParts): Power {
  return new Machine(parts);
}

class Machine implements Power {
  readonly #parts: PowerParts;
  readonly #closing = new Cancellation();
  #state: PowerState = 'on';
  /** Ended when somebody starts the computer before its time. */
  #early = new Cancellation();
  #going: Promise<void> = Promise.resolve();
  #started: () => Promise<void> = () => Promise.resolve();
  #starting: Promise<void> | undefined;
  /** Told that its port is taken: whoever has it run waits no longer, though it goes on trying. */
  #blocked: ((error: unknown) => void) | undefined;

  constructor(parts: PowerParts) {
    this.#parts = parts;
  }

  get state(): PowerState {
    return this.#state;
  }

  leave(way: PowerWay, afterwards: () => Promise<void>): void {
    const { logger, goDown } = this.#parts;
    if (this.#state !== 'on' || this.#closing.aborted) return;
    this.#started = afterwards;
    this.#state = way === 'restart' ? 'restarting' : 'off';
    this.#early = new Cancellation();
    const isWanted = AbortSignal.any([this.#early.signal, this.#closing.signal]);
    const work = way === 'restart' ? this.#restart(isWanted) : goDown();
    this.#going = work.catch((err: unknown) => {
      if (!this.#closing.aborted) logger.error({ err }, 'the machine did not go down as it should');
    });
  }

  start(): Promise<void> {
    // Of several who start it at once, each would find the port taken by another.
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the endpoint closes'));
    await this.#going;
    await this.#starting?.catch(() => undefined);
  }

  async #start(): Promise<void> {
    this.#early.abort(new Error('the machine is started'));
    await new Promise<void>((resolve, reject) => {
      this.#blocked = reject;
      void this.#going.then(resolve);
    }).finally(() => {
      this.#blocked = undefined;
    });
    if (this.#state === 'off') await this.#up();
  }

  async #restart(isWanted: AbortSignal): Promise<void> {
    const { rebootMs, now, goDown } = this.#parts;
    await goDown();
    await until(now() + rebootMs, now, isWanted).catch(() => undefined);
    await this.#upWhenFree();
  }

  /** Until its port is free: whoever waits for the machine finds it there. */
  async #upWhenFree(): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await this.#up();
      } catch (err) {
        if (isFirst) this.#parts.logger.error({ err }, 'the machine cannot listen again yet');
        this.#blocked?.(err);
        await delay(RETRY_MS, undefined, { signal: this.#closing.signal });
      }
    }
  }

  async #up(): Promise<void> {
    const { logger, comeUp } = this.#parts;
    if (this.#closing.aborted) return;
    await comeUp();
    this.#state = 'on';
    logger.info({}, 'the machine runs again');
    // The model may have gone back meanwhile, to which this does not belong.
    await this.#started().catch((err: unknown) => logger.info({ err }, 'the start of the machine was not noted'));
  }
}
