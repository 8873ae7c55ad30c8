import { keptOf, type ToldExchange } from '../interceptors/record/told-exchange.js';
import type { TakeExchange } from '../interceptors/record/watch-exchanges.js';

/** How long an exchange waits for those that ended before it elsewhere, in milliseconds. */
const WAIT_MS = 25;

/** Puts the exchanges of several processes into one order: that in which they ended. */
export interface ExchangeIntake {
  /** @param list of one process, oldest first */
  add(list: readonly ToldExchange[]): void;
  /** All that ended by then has been told: they are kept. @param until by the clock of the machine */
  keep(until: number): void;
  close(): void;
}

/** @param due is called when there is something to be kept, and nobody has asked for it in a while */
export function createExchangeIntake(take: TakeExchange, due: () => void): ExchangeIntake {
  let waiting: ToldExchange[] = [];
  let timer: NodeJS.Timeout | undefined;

  function add(list: readonly ToldExchange[]): void {
    waiting.push(...list);
    timer ??= setTimeout(() => {
      timer = undefined;
      due();
    }, WAIT_MS);
  }

  return {
    add,
    keep(until) {
      const ended = waiting.filter(({ endedAt }) => endedAt <= until).sort((one, other) => one.endedAt - other.endedAt);
      const later = waiting.filter(({ endedAt }) => endedAt > until);
      waiting = [];
      for (const told of ended) take(keptOf(told), told.request, told.answer);
      if (later.length > 0) add(later);
    },
    close() {
      clearTimeout(timer);
    },
  };
}
