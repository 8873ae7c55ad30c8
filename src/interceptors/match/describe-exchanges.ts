import { MASK } from '../../secrets/mask-assignments.js';
import type { CompiledMatch, MatchDifference } from './compile-match.js';
import type { EndedExchangeFacts } from './exchange-facts.js';
import type { ExchangeFilter } from './exchange-match.js';
import { memberNamed } from './matches-value.js';

/** What is told of an exchange, besides what is matched. */
export type DescribedExchange = EndedExchangeFacts & { readonly number: number };

/** Exchanges that are told in one line each. */
const MOST_LISTED = 10;
const MOST_NEAR = 2;
/** Of a value, in characters. */
const MOST_SHOWN = 120;

/** `#3 Invoke LAB_Service.Grow {"Size":5} by ci → 4096 (Job Started)` */
export function exchangeLine(exchange: DescribedExchange): string {
  const { number, operation = 'unreadable', method, user, input, selectors } = exchange;
  const subject = [exchange.class, method].filter((name) => name !== undefined).join('.');
  const values = [selectors && `of ${shown(selectors)}`, input && shown(input)].filter((text) => text !== undefined);
  const words = [operation, subject, ...values, `by ${user ?? 'nobody'}`].filter((word) => word !== '');
  return `#${number} ${words.join(' ')} → ${endOf(exchange)}`;
}

/**
 * What did come, in place of what was wanted: how many, the nearest ones with what differs, and the last ones in a line each.
 *
 * @param exchanges oldest first
 * @param shownFilter what was wanted, with secrets masked: the words of what differs
 */
export function whatCame(
  exchanges: readonly DescribedExchange[],
  match: CompiledMatch<EndedExchangeFacts>,
  shownFilter: ExchangeFilter,
): string {
  if (exchanges.length === 0) return 'No request came.';
  const near = nearest(exchanges, match);
  const nearLines = near.map(
    ({ exchange, differences }) =>
      `  ${exchangeLine(exchange)}\n${differences.map((one) => differenceLine(one, shownFilter)).join('\n')}`,
  );
  const isTold = new Set(near.map(({ exchange }) => exchange));
  const others = exchanges.filter((exchange) => !isTold.has(exchange));
  const listed = others.slice(-MOST_LISTED);
  const left = others.length - listed.length;
  return [
    `${exchanges.length} came.`,
    ...(near.length > 0 ? ['The nearest:', ...nearLines] : []),
    ...(listed.length > 0 ? [near.length > 0 ? 'The others:' : 'They were:'] : []),
    ...(left > 0 ? [`  … ${left} before`] : []),
    ...listed.map((exchange) => `  ${exchangeLine(exchange)}`),
  ].join('\n');
}

interface NearExchange {
  readonly exchange: DescribedExchange;
  readonly differences: readonly MatchDifference[];
}

/** Looking at all that are kept would take a while; the last ones are those that a test has made. */
const LOOKED_AT = 500;

/** The two from which least differs, the later first where they are equal. */
function nearest(
  exchanges: readonly DescribedExchange[],
  match: CompiledMatch<EndedExchangeFacts>,
): readonly NearExchange[] {
  const distance = ({ differences }: NearExchange) => differences.reduce((sum, { weight }) => sum + weight, 0);
  return exchanges
    .slice(-LOOKED_AT)
    .reverse()
    .map((exchange) => ({ exchange, differences: match.differences(exchange) }))
    .filter(({ differences }) => differences.length > 0)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, MOST_NEAR);
}

function differenceLine({ member, wanted, found }: MatchDifference, shownFilter: ExchangeFilter): string {
  if (found === MASK) return `      ${member}: ${shown(MASK)}, a secret, which is compared as it is shown`;
  const [values, name] = member.split('.', 2);
  const isValue = name !== undefined && (values === 'input' || values === 'selectors');
  const told = isValue ? memberNamed(shownFilter[values], name) : wanted;
  return `      ${member}: ${found === undefined ? 'none' : shown(found)} where ${shown(told)} is wanted`;
}

function endOf({ outcome, fault, returnValue, returnLabel }: DescribedExchange): string {
  if (outcome === 'lost') return 'lost';
  if (fault !== undefined) return fault;
  if (returnValue === undefined) return outcome;
  return `${shown(returnValue)}${returnLabel === undefined ? '' : ` (${returnLabel})`}`;
}

/** A value as JSON writes it, cut to what a line can bear. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value, (_name, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));
  const whole = text ?? String(value);
  return whole.length > MOST_SHOWN ? `${whole.slice(0, MOST_SHOWN - 1)}…` : whole;
}
