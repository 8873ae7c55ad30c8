import { setTimeout as delay } from 'node:timers/promises';
import { createWorkQueue, QueueFullError } from './work-queue.js';

/** So long an answer of the others is waited for; without one, this process goes by what it knows itself. */
const PATIENCE_MS = 1_000;
/** Nobody waits for them again so soon after they could not be reached. */
const PAUSE_MS = 1_000;
/** Calls at the same time: who guesses leaves the database's connections to those who are let in. */
const CALLS = { running: 2, waiting: 256 };

/** Asks what other processes have counted, and gives up on it in time. */
export interface CountsReach {
  /**
   * @param late is told of an answer for which nobody waited any more
   * @returns undefined when they could not be reached
   * @throws QueueFullError (as a rejection) when too many calls wait
   */
  run<T>(call: () => Promise<T>, late?: (answer: T) => void): Promise<T | undefined>;
}

/** @param onProblem told once whenever they cannot be reached. @param now a clock in milliseconds that does not jump */
export function createCountsReach(onProblem: (problem: string) => void, now: () => number): CountsReach {
  const queue = createWorkQueue(CALLS);
  let awayUntil = Number.NEGATIVE_INFINITY;
  let isAway = false;

  return {
    async run(call, late) {
      if (now() < awayUntil) return undefined;
      const patience = new AbortController();
      const { signal } = patience;
      let isOver = false;
      const asked = queue.run(async () => {
        // Nobody waits any more: what it would count ahead, nobody would take back.
        if (isOver) throw new Error('given up');
        const answer = await call();
        if (isOver) late?.(answer);
        return answer;
      });
      const inTime = delay(PATIENCE_MS, undefined, { signal, ref: false }).then(() => {
        throw new Error(`no answer within ${PATIENCE_MS} ms`);
      });
      try {
        const answer = await Promise.race([asked, inTime]);
        isAway = false;
        return answer;
      } catch (error) {
        if (error instanceof QueueFullError) throw error;
        awayUntil = now() + PAUSE_MS;
        if (!isAway) onProblem(`wrong passwords are counted here alone for now: ${(error as Error).message}`);
        isAway = true;
        return undefined;
      } finally {
        isOver = true;
        patience.abort();
        for (const rest of [asked, inTime]) rest.catch(() => undefined);
      }
    },
  };
}
