import type { CompiledMatch } from '../match/compile-match.js';
import { shown, whatCame } from '../match/describe-exchanges.js';
import type { EndedExchangeFacts } from '../match/exchange-facts.js';
import type { ExchangeFilter } from '../match/exchange-match.js';
import type { RecordedExchange } from './recorded-exchange.js';
import { WaitError } from './wait-error.js';

/** One that waits. */
interface Wait {
  take(exchange: RecordedExchange): void;
  fail(why: 'reset' | 'closed'): void;
}

export interface Waiting {
  readonly match: CompiledMatch<EndedExchangeFacts>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly count: number;
  readonly signal?: AbortSignal | undefined;
  /** The filter as messages tell it. */
  shownFilter(): ExchangeFilter;
}

/** Those who wait for exchanges. */
export class Waits {
  readonly #waits = new Set<Wait>();
  #isClosed = false;

  get isEmpty(): boolean {
    return this.#waits.size === 0;
  }

  /**
   * @param came what is there already counts, too; asked once more for the text of a time-out
   * @throws WaitError
   */
  begin(
    { match, timeout, count, signal, shownFilter }: Waiting,
    came: () => readonly RecordedExchange[],
  ): Promise<RecordedExchange> {
    const before = came().filter((exchange) => match.matches(exchange));
    const last = before[count - 1];
    if (last !== undefined) return Promise.resolve(last);
    if (this.#isClosed) return Promise.reject(ended('closed', 'before', shown(shownFilter())));
    return new Promise((resolve, reject) => {
      let seen = before.length;
      const settle = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        this.#waits.delete(wait);
      };
      const wait: Wait = {
        take(exchange) {
          if (!match.matches(exchange)) return;
          seen += 1;
          if (seen < count) return;
          settle();
          resolve(exchange);
        },
        fail(why) {
          settle();
          reject(ended(why, 'while', shown(shownFilter())));
        },
      };
      const timer = setTimeout(() => {
        settle();
        const enough = count === 1 ? 'No request' : `${seen} of ${count} requests`;
        const told = shownFilter();
        const head = `${enough} matched ${shown(told)} within ${timeout} ms.`;
        reject(new WaitError('timeout', `${head} ${whatCame(came(), match, told)}`));
      }, timeout);
      const abandon = (): void => {
        settle();
        reject(signal?.reason);
      };
      this.#waits.add(wait);
      if (signal?.aborted) abandon();
      else signal?.addEventListener('abort', abandon);
    });
  }

  /** An exchange has ended. */
  take(exchange: RecordedExchange): void {
    for (const wait of this.#waits) wait.take(exchange);
  }

  /** After `closed` nothing comes any more, and nobody can begin to wait. */
  fail(why: 'reset' | 'closed'): void {
    this.#isClosed ||= why === 'closed';
    for (const wait of this.#waits) wait.fail(why);
  }
}

function ended(why: 'reset' | 'closed', when: 'before' | 'while', what: string): WaitError {
  return new WaitError(why, `The endpoint was ${why} ${when} a request was waited for: ${what}.`);
}
