import type { Recorder } from '../interceptors/record/recorder.js';
import { keptOf, machineTime, type ToldExchange } from '../interceptors/record/told-exchange.js';
import type { HandedOver, HandOver } from './own-exchanges.js';

/** How long what is told of is left to become more, in milliseconds. */
const WAIT_MS = 10;

/** Gives the exchanges of several processes one row of numbers, in the order in which they ended. */
export interface ExchangeIntake {
  /** Until all that has ended so far in any of them is in the record. */
  gather(): Promise<void>;
  /** One of them has something that somebody waits for. */
  due(): void;
  /** One hands over what it has without being asked, since it ends. */
  add(handed: HandedOver): void;
  /** What has ended by now is not wanted any more, or what one of several computers was asked of it. */
  forget(host?: string): void;
  /** What was added last is in the record, too. */
  close(): void;
}

/** @param ask all processes; resolves when they have handed over what they have, or take too long. What comes later counts the next time */
export function createExchangeIntake(
  record: () => Pick<Recorder, 'take' | 'skip'> | undefined,
  ask: (wanted: HandOver, add: (handed: HandedOver) => void) => Promise<unknown>,
): ExchangeIntake {
  let waiting: ToldExchange[] = [];
  let lost = 0;
  let forgotten = 0;
  /** By host, the same of what it was asked. */
  const forgottenOf = new Map<string | undefined, number>();
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  function add(handed: HandedOver): void {
    lost += handed.lost;
    for (const told of handed.exchanges) waiting.push(told);
  }

  function isWanted({ head, endedAt }: ToldExchange): boolean {
    return endedAt > Math.max(forgotten, forgottenOf.get(head.host) ?? 0);
  }

  /** All that ended by a time has been handed over. */
  function keep(until: number): void {
    const recorder = record();
    const ended = waiting.filter(({ endedAt }) => endedAt <= until).sort((one, other) => one.endedAt - other.endedAt);
    waiting = waiting.filter(({ endedAt }) => endedAt > until);
    const wanted = ended.filter(isWanted);
    lost += ended.length - wanted.length;
    recorder?.skip(lost);
    lost = 0;
    for (const told of wanted) recorder?.take(keptOf(told), told.request, told.answer);
  }

  async function run(): Promise<void> {
    next = undefined;
    const until = machineTime();
    await ask({ after: forgotten, until }, add);
    keep(until);
  }

  /** One after the other: two at once would take each other's exchanges. Whoever asks meanwhile shares the next. */
  function gather(): Promise<void> {
    next ??= running.then(run);
    running = next;
    return next;
  }

  function due(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void gather();
    }, WAIT_MS);
  }

  return {
    gather,
    due,
    add(handed) {
      add(handed);
      due();
    },
    forget(host) {
      if (host === undefined) forgotten = machineTime();
      else forgottenOf.set(host, machineTime());
    },
    close() {
      clearTimeout(timer);
      keep(Number.POSITIVE_INFINITY);
    },
  };
}
