import { setTimeout as delay } from 'node:timers/promises';
import type { PausableListeners } from '../http/listeners.js';

/** Whether a worker listens: as long as the computer runs that all workers listen for. */
export interface WorkerListening {
  /** @param isOn the computer runs. Takes effect one after another */
  turn(isOn: boolean): void;
  /** Waits until it may begin. */
  allowed(): Promise<void>;
  /** It listens from now on, unless it is not to any more. */
  begun(listeners: PausableListeners): void;
  /** What it was told to do is done. */
  settled(): Promise<void>;
  /** The worker ends: nothing is begun any more. */
  end(): void;
}

/** How long answers may take that are under way when the computer goes down, as where there is one process. In milliseconds. */
const LAST_ANSWERS_MS = 250;
/** How long somebody else may have a port before it is tried again, in milliseconds. */
const RETRY_MS = 250;

/** @param onProblem is told once, each time that it cannot listen again */
export function createWorkerListening(onProblem: (error: unknown) => void): WorkerListening {
  let isOn = true;
  let isListening = false;
  let listeners: PausableListeners | undefined;
  let work = Promise.resolve();
  let allow: () => void = () => undefined;
  let allowed: Promise<void> = Promise.resolve();
  const ending = new AbortController();

  async function follow(): Promise<void> {
    if (listeners === undefined || isOn === isListening || ending.signal.aborted) return;
    if (!isOn) await listeners.pause(LAST_ANSWERS_MS);
    isListening = isOn && (await resume(listeners));
  }

  /** @returns whether it listens: not when the computer has gone down again meanwhile */
  async function resume(own: PausableListeners): Promise<boolean> {
    for (let isFirst = true; isOn && !ending.signal.aborted; isFirst = false) {
      try {
        await own.resume();
        return true;
      } catch (error) {
        if (isFirst) onProblem(error);
        await delay(RETRY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
    return false;
  }

  const then = () => {
    work = work.then(follow);
  };

  return {
    turn(isNow) {
      if (isNow === isOn) return;
      isOn = isNow;
      if (isOn) allow();
      else
        allowed = new Promise((resolve) => {
          allow = resolve;
        });
      then();
    },
    allowed: async () => {
      while (!isOn) await allowed;
    },
    begun(opened) {
      listeners = opened;
      isListening = true;
      then();
    },
    settled: () => work,
    end() {
      ending.abort();
      isOn = true;
      allow();
    },
  };
}
