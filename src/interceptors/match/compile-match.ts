import { sameNamespace } from '../../cim/model/instance-path.js';
import { sameName } from '../../cim/model/name-map.js';
import type { Json } from '../../cimjson/cim-json-types.js';
import { OptionError } from '../../options/option-error.js';
import type { EndedExchangeFacts, ExchangeFacts } from './exchange-facts.js';
import type { ExchangeFilter, ExchangeMatch, PlainValues } from './exchange-match.js';
import { matchesValue, memberNamed, type TextComparison } from './matches-value.js';
import { type NamedOperation, operationNamed, unknownOperationText } from './operation-names.js';

/** Whether a class is another one or below it, in a namespace where it is known (every namespace where that is undefined). */
export type IsA = (namespace: string | undefined, className: string, ancestor: string) => boolean;

/** What was wanted of a member, and what it was. */
export interface MatchDifference {
  /** `method`, `input.Size`, `selectors.Name`. */
  readonly member: string;
  readonly wanted: unknown;
  /** Undefined where there was none. */
  readonly found: Json | undefined;
  /** How far it is off: 1 for a value, more for what makes an exchange another one altogether. */
  readonly weight: number;
}

export interface CompiledMatch<F extends ExchangeFacts> {
  matches(facts: F): boolean;
  /** In the order of the members of the match; empty when it matches. */
  differences(facts: F): readonly MatchDifference[];
}

/** One condition: an agreement that is looked up, in the order from cheap to dear. */
interface Condition<F> {
  readonly member: string;
  readonly wanted: unknown;
  readonly weight: number;
  agrees(facts: F): boolean;
  found(facts: F): Json | undefined;
}

/**
 * Makes of a match what compares. Rules take it for what they see at a seam, with getters for what is dear to decode:
 *
 * ```text
 * const match = compileMatch({ operation: 'InvokeMethod', class: 'CIM_Service', input: { Size: 5 } }, isA);
 * match.matches({ operation: 'Invoke', class: 'LAB_Service', method: 'Grow', get input() { return plainValues(operation.input); } });
 * ```
 *
 * Names compare without case, class by the schema's superclasses, values as {@link matchesValue} says. A name of DSP0223 agrees with
 * the message that carries it (GetInstance with Get) until CIM operations are known, and then with these: Associators with an Enumerate
 * that may become one, and not with one that asked for instances. What must not be decided too early (`operationNamed(name).byMessage`
 * is false) is for whoever asks.
 *
 * @throws OptionError for an operation that there is not, with the nearest name
 */
export function compileMatch(match: ExchangeMatch, isA: IsA): CompiledMatch<ExchangeFacts> {
  return compiled(matchConditions(match, isA));
}

/** The same for exchanges that have ended. @throws OptionError */
export function compileFilter(filter: ExchangeFilter, isA: IsA): CompiledMatch<EndedExchangeFacts> {
  return compiled<EndedExchangeFacts>([...matchConditions(filter, isA), ...endConditions(filter)]);
}

function compiled<F extends ExchangeFacts>(conditions: readonly Condition<F>[]): CompiledMatch<F> {
  return {
    matches: (facts) => {
      for (const condition of conditions) if (!condition.agrees(facts)) return false;
      return true;
    },
    differences: (facts) =>
      conditions
        .filter((condition) => !condition.agrees(facts))
        .map(({ member, wanted, weight, found }) => ({ member, wanted, weight, found: found(facts) })),
  };
}

/** What is another operation, class or method is no near miss. */
const WEIGHTS = {
  operation: 8,
  method: 8,
  class: 6,
  namespace: 4,
  host: 4,
  user: 2,
  selectors: 1,
  input: 1,
  outcome: 1,
};

function matchConditions(match: ExchangeMatch, isA: IsA): Condition<ExchangeFacts>[] {
  const conditions: Condition<ExchangeFacts>[] = [];
  const { operation, method, class: className, namespace, user, host, selectors, input } = match;
  if (operation !== undefined) conditions.push(operationCondition(operation));
  if (method !== undefined) conditions.push(nameCondition('method', method, sameName));
  if (className !== undefined)
    conditions.push({
      ...nameCondition('class', className, sameName),
      agrees: (facts) => facts.class !== undefined && isClass(facts.namespace, facts.class, className, isA),
    });
  if (namespace !== undefined) conditions.push(nameCondition('namespace', namespace, sameNamespace));
  if (user !== undefined) conditions.push(nameCondition('user', user, sameName));
  if (host !== undefined) conditions.push(nameCondition('host', host, sameName));
  conditions.push(...valueConditions('selectors', selectors, 'any case'), ...valueConditions('input', input, 'exact'));
  return conditions;
}

function isClass(namespace: string | undefined, name: string, wanted: string, isA: IsA): boolean {
  return sameName(name, wanted) || isA(namespace, name, wanted);
}

function operationCondition(wanted: string | readonly string[]): Condition<ExchangeFacts> {
  const names = (typeof wanted === 'string' ? [wanted] : wanted).map((name) => {
    const found = operationNamed(name);
    if (found === undefined) throw new OptionError(`operation: ${unknownOperationText(name)}`);
    return found;
  });
  return {
    member: 'operation',
    wanted,
    weight: WEIGHTS.operation,
    agrees: (facts) => names.some((name) => isOperation(name, facts)),
    found: ({ operation, cimOperations = [] }) =>
      cimOperations.length === 0 ? operation : `${operation ?? 'none'} (${[...new Set(cimOperations)].join(', ')})`,
  };
}

function isOperation({ wsman, kinds, byMessage }: NamedOperation, facts: ExchangeFacts): boolean {
  const { operation, cimOperations = [] } = facts;
  if (operation !== undefined && wsman !== undefined && (byMessage || operation !== wsman)) return operation === wsman;
  if (cimOperations.length > 0) return kinds.some((kind) => cimOperations.includes(kind));
  return operation !== undefined && wsman !== undefined;
}

function nameCondition(
  member: 'method' | 'class' | 'namespace' | 'user' | 'host',
  wanted: string,
  same: (one: string, other: string) => boolean,
): Condition<ExchangeFacts> {
  return {
    member,
    wanted,
    weight: WEIGHTS[member],
    agrees: (facts) => {
      const name = facts[member];
      return name !== undefined && same(name, wanted);
    },
    found: (facts) => facts[member],
  };
}

function valueConditions(
  member: 'selectors' | 'input',
  wanted: PlainValues | undefined,
  texts: TextComparison,
): Condition<ExchangeFacts>[] {
  return Object.entries(wanted ?? {}).map(([name, value]) => {
    const found = (facts: ExchangeFacts) =>
      facts.valueNamed === undefined ? memberNamed(facts[member], name) : facts.valueNamed(member, name);
    return {
      member: `${member}.${name}`,
      wanted: value,
      weight: WEIGHTS[member],
      agrees: (facts) => matchesValue(value, found(facts), texts),
      found,
    };
  });
}

function endConditions({ outcome, returnValue, fault, rule }: ExchangeFilter): Condition<EndedExchangeFacts>[] {
  const conditions: Condition<EndedExchangeFacts>[] = [];
  const add = (
    member: 'outcome' | 'returnValue' | 'fault' | 'rule',
    wanted: string | number | undefined,
    agrees: (facts: EndedExchangeFacts) => boolean,
  ): void => {
    if (wanted === undefined) return;
    conditions.push({ member, wanted, weight: WEIGHTS.outcome, agrees, found: (facts) => facts[member] });
  };
  add('outcome', outcome, (facts) => facts.outcome === outcome);
  add('returnValue', returnValue, (facts) => isReturnValue(returnValue, facts));
  add('fault', fault, (facts) => facts.fault !== undefined && sameName(facts.fault, fault ?? ''));
  add('rule', rule, (facts) => facts.rule === rule);
  return conditions;
}

function isReturnValue(wanted: string | number | undefined, facts: EndedExchangeFacts): boolean {
  if (facts.returnValue === undefined) return false;
  const isLabel = facts.returnLabel !== undefined && sameName(facts.returnLabel, String(wanted));
  return isLabel || matchesValue(wanted, facts.returnValue);
}
