import { type CimType, isIntegerType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { foldName } from '../cim/model/name-map.js';
import type { Condition } from './condition.js';
import type { ResolvedProperty } from './query-scope.js';
import { joinRanges, type Ordered, type Ranges } from './ranges.js';

/** What a condition comes to that is about the value of one property only: true for values in the ranges, and unknown for NULL. */
export interface ValueRanges<T> {
  readonly property: ResolvedProperty<T>;
  /** Found out when it is asked for. */
  readonly find: () => Ranges;
}

/** Whether the comparisons with a property ask where its value lies in an order that all values and constants have. */
export function hasRanges({ type }: ResolvedProperty<never>): boolean {
  return type !== undefined && !type.array && !type.embedded && isOrdered(type);
}

function isOrdered({ name }: CimType): boolean {
  return isIntegerType(name) || name === 'real32' || name === 'real64' || name === 'string' || name === 'char16';
}

/** The form in which a value, or a constant, is ordered; undefined for what compares with nothing. */
export function orderedForm(value: CimValue, caseSensitive: boolean): Ordered | undefined {
  if (typeof value === 'string') return caseSensitive ? value : foldName(value);
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
}

export function withRanges<T>(condition: Condition<T>, { property, find }: ValueRanges<T>): Condition<T> {
  let found: Ranges | undefined;
  const once = () => {
    found ??= find();
    return found;
  };
  return Object.assign(condition, { ranges: { property, find: once } });
}

/** What a chain comes to that is about one property only; undefined when it is about more. */
export function rangesOfChain<T>(kind: 'And' | 'Or', operands: readonly Condition<T>[]): ValueRanges<T> | undefined {
  const [first] = operands;
  if (first?.ranges === undefined) return undefined;
  const { property } = first.ranges;
  const all: ValueRanges<T>[] = [];
  for (const { ranges } of operands) {
    if (ranges?.property.name !== property.name) return undefined;
    all.push(ranges);
  }
  const find = () =>
    joinRanges(
      all.map((one) => one.find()),
      kind === 'And' ? all.length : 1,
    );
  return { property, find };
}
