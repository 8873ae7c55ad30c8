import { NameMap } from '../../cim/model/name-map.js';
import { didYouMean } from '../../strings/nearest-name.js';
import { parseDuration } from '../../wsman/header/duration.js';
import { WSMAN_OPERATIONS, type WsmanOperationName } from '../../wsman/wsman-operation.js';
import { type NamedOperation, operationNamed, unknownOperationText } from '../match/operation-names.js';
import type { RuleCondition } from './rule.js';
import type { Span } from './rule-counter.js';
import { RuleError } from './rule-error.js';

/** What the operations of a condition are. */
export interface WantedOperations {
  readonly names: readonly NamedOperation[];
  /** The operations of WS-Man that the condition can mean, by all that it says. */
  readonly wsman: ReadonlySet<WsmanOperationName>;
}

/** What is there to be matched in the messages of an operation. */
const HAVING: readonly (readonly [keyof RuleCondition, readonly WsmanOperationName[], string])[] = [
  ['method', ['Invoke'], 'calls no method'],
  ['input', ['Invoke', 'Create', 'Put'], 'has no input'],
  ['selectors', ['Get', 'Put', 'Delete', 'Invoke', 'Enumerate', 'Pull'], 'is about no instance'],
  ['class', WSMAN_OPERATIONS.filter((name) => name !== 'Identify'), 'is about no class'],
  ['namespace', WSMAN_OPERATIONS.filter((name) => name !== 'Identify'), 'is about no namespace'],
];

/** @throws RuleError for an operation that there is not, and for one whose messages never have what else is wanted */
export function wantedOperations(when: RuleCondition): WantedOperations {
  const given = when.operation === undefined ? [] : [when.operation].flat();
  const names = given.map((name, index) => {
    const found = operationNamed(name);
    const place = typeof when.operation === 'string' ? 'when.operation' : `when.operation[${index}]`;
    if (found === undefined) throw new RuleError(place, unknownOperationText(name));
    return found;
  });
  let wsman = new Set<WsmanOperationName>(
    names.length === 0 ? WSMAN_OPERATIONS : names.flatMap(({ wsman: one }) => one ?? ['Enumerate', 'Pull']),
  );
  for (const [member, having, what] of HAVING) {
    if (when[member] === undefined) continue;
    const left = new Set([...wsman].filter((name) => having.includes(name)));
    if (left.size === 0)
      throw new RuleError(`when.${member}`, `operation ${given.join(' or ') || 'as wanted'} ${what}`);
    wsman = left;
  }
  return { names, wsman };
}

/** @throws RuleError for counts and times that leave nothing */
export function wantedSpan({ between, nth, after = 0 }: RuleCondition): Span {
  if (nth !== undefined && [nth].flat().every((one) => one <= after))
    throw new RuleError('when.nth', `the first ${after} are passed over (after), and none of it comes later`);
  if (between === undefined) return undefined;
  const [from, to] = between.map((one, index) => milliseconds(one, `when.between[${index}]`)) as [number, number];
  if (from > to) throw new RuleError('when.between', `it ends (${between[1]}) before it begins (${between[0]})`);
  return [from, to];
}

function milliseconds(duration: string | number, place: string): number {
  if (typeof duration === 'number') return duration;
  const parsed = parseDuration(duration);
  if (parsed !== undefined && parsed >= 0) return parsed;
  throw new RuleError(place, `'${duration.slice(0, 60)}' is no duration, as PT1S or PT0.5S`);
}

/** The entry of that name. @throws RuleError with the nearest name */
export function named<T>(known: Iterable<readonly [string, T]>, name: string, place: string, what: string): T {
  const map = known instanceof NameMap ? known : new NameMap(known);
  const found = map.get(name) as T | undefined;
  if (found !== undefined) return found;
  throw new RuleError(place, `there is no ${what} '${name.slice(0, 200)}'${didYouMean(name, map.keys())}`);
}
