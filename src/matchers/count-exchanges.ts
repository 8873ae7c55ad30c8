import { compileFilter, type IsA } from '../interceptors/match/compile-match.js';
import { exchangeLine, shown, whatCame } from '../interceptors/match/describe-exchanges.js';
import type { ExchangeFilter } from '../interceptors/match/exchange-match.js';
import type { RecordView } from '../interceptors/record/recorder.js';
import { wholeNumber } from '../options/option-checks.js';

/** What matchers are asked about: an endpoint. */
export type Receiver = Pick<RecordView, 'requests' | 'maskFilter'>;

/** Values by name: plain ones (docs/json.md), those of the model, and `expect.any(…)` and its like. */
export type MatcherValues = Readonly<Record<string, unknown>>;

/** How a matcher ends. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

const MOST_LISTED = 10;

/**
 * Whether exchanges that a filter means came, at all or so many times.
 *
 * @param what is wanted, for the message: `toHaveInvoked "Grow"`; and whether it is not to be so
 * @throws TypeError when it is no endpoint; OptionError for a filter that is none, and for names that the model does not
 *   have where they would make the expectation come true
 */
export function countExchanges(
  received: unknown,
  filter: ExchangeFilter,
  times: number | undefined,
  { what, isNot }: { readonly what: string; readonly isNot: boolean },
): MatcherResult {
  if (!isReceiver(received)) throw new TypeError(`expect(…).${what}: an endpoint is wanted, of startEndpoint()`);
  if (times !== undefined) wholeNumber(0)('times', times);
  const matching = received.requests(filter);
  const count = matching.length;
  const pass = times === undefined ? count > 0 : count === times;
  if (count === 0 && pass !== isNot) received.requests(filter, { knownNames: true });
  return { pass, message: () => (pass ? unwanted() : missing()) };

  /** What is wanted, without secrets: messages go to logs. */
  function told(): ExchangeFilter {
    return (received as Receiver).maskFilter(filter);
  }

  /** With `not`: they came though they should not. */
  function unwanted(): string {
    const wanted = times === undefined ? 'no request' : `any number of requests but ${times}`;
    return [
      `Expected ${wanted} of ${shown(told())}; ${count} came:`,
      ...matching.slice(-MOST_LISTED).map((exchange) => `  ${exchangeLine(exchange)}`),
    ].join('\n');
  }

  function missing(): string {
    const wanted = times === undefined ? 'a request' : `${times} ${times === 1 ? 'request' : 'requests'}`;
    const head = `Expected ${wanted} of ${shown(told())}; ${count} matched.`;
    const all = (received as Receiver).requests();
    return `${head} ${whatCame(all, compileFilter(filter, classesOf(received as Receiver)), told())}`;
  }
}

function isReceiver(received: unknown): received is Receiver {
  return (
    typeof received === 'object' &&
    received !== null &&
    'requests' in received &&
    typeof received.requests === 'function' &&
    'maskFilter' in received
  );
}

/** The endpoint knows which of the classes that came are below another. */
function classesOf(received: Receiver): IsA {
  return (_namespace, className, ancestor) =>
    received.requests({ class: ancestor }).some((exchange) => exchange.class === className);
}
