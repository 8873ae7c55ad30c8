import type { ExchangeFilter } from '../interceptors/match/exchange-match.js';
import { checkNames } from '../options/option-checks.js';
import { countExchanges, type MatcherResult, type MatcherValues } from './count-exchanges.js';

/** How often, and what else is wanted of a request. */
export interface ReceivedOptions extends Omit<ExchangeFilter, 'operation' | 'method' | 'input' | 'selectors'> {
  /** Exactly so often. Default: once or more. */
  readonly times?: number | undefined;
  readonly selectors?: MatcherValues | undefined;
}

/** What `expect(endpoint)` has once it is extended. */
export interface EndpointMatchers<R = void> {
  /**
   * A method was invoked, with these input parameters among others.
   *
   * @param input plain values; parameters that are not named may be anything
   */
  toHaveInvoked(method: string, input?: MatcherValues, options?: ReceivedOptions): R;
  /** A request of any kind came: `{ operation: 'Get', class: 'CIM_System' }`. */
  toHaveReceived(filter: ReceivedFilter, options?: Pick<ReceivedOptions, 'times'>): R;
}

type ReceivedFilter = Omit<ExchangeFilter, 'input' | 'selectors'> & {
  readonly input?: MatcherValues | undefined;
  readonly selectors?: MatcherValues | undefined;
};

/** What both give a matcher. */
interface MatcherContext {
  readonly isNot?: boolean;
}

/** For `expect.extend`, of vitest and of jest. */
export const matchers = {
  toHaveInvoked(
    this: MatcherContext | undefined,
    received: unknown,
    method: string,
    input?: MatcherValues,
    { times, ...more }: ReceivedOptions = {},
  ): MatcherResult {
    const filter = { operation: 'Invoke', method, ...(input && { input }), ...more };
    return countExchanges(received, filter as ExchangeFilter, times, asked(this, 'toHaveInvoked'));
  },
  toHaveReceived(
    this: MatcherContext | undefined,
    received: unknown,
    filter: ReceivedFilter,
    options: Pick<ReceivedOptions, 'times'> = {},
  ): MatcherResult {
    const { times } = options;
    checkNames('toHaveReceived', options, ['times']);
    return countExchanges(received, filter as ExchangeFilter, times, asked(this, 'toHaveReceived'));
  },
};

function asked(context: MatcherContext | undefined, what: string) {
  return { what, isNot: context?.isNot === true };
}

declare global {
  // Both test runners take it from here: jest by its types, vitest since it takes matchers that were written for jest.
  namespace jest {
    interface Matchers<R, T> extends EndpointMatchers<R> {}
  }
}
