import type { CimValue } from '../cim/model/cim-value.js';
import type { Condition } from './condition.js';
import { isAmong } from './ranges.js';
import { testOf } from './test-of.js';
import { type Truth, truthOf, UNKNOWN } from './truth.js';
import { orderedForm, rangesOfChain, type ValueRanges, withRanges } from './value-ranges.js';

/** Comparisons of one property that are worth a look-up; fewer are as quickly made one by one. */
export const ENOUGH = 4;

/** Operands whose ranges are found out in one step. */
const OPERANDS_OF_STEP = 64;

/** Makes one look-up of those operands of a chain that are about the same property, in the place of the first of them; in steps. */
export function* joinByProperty<T>(
  kind: 'And' | 'Or',
  operands: readonly Condition<T>[],
  caseSensitive: boolean,
): Generator<void, readonly Condition<T>[], void> {
  const inPlaceOf = new Map<Condition<T>, Condition<T> | undefined>();
  for (const group of groupByProperty(operands)) {
    const ranges = group.length < ENOUGH ? undefined : rangesOfChain(kind, group);
    if (ranges === undefined) continue;
    yield* findEach(group);
    for (const operand of group) inPlaceOf.set(operand, undefined);
    inPlaceOf.set(group[0] as Condition<T>, testRanges(ranges, caseSensitive));
  }
  return operands
    .map((operand) => (inPlaceOf.has(operand) ? inPlaceOf.get(operand) : operand))
    .filter((condition) => condition !== undefined);
}

function* findEach<T>(operands: readonly Condition<T>[]): Generator<void, void, void> {
  for (const [at, { ranges }] of operands.entries()) {
    if (at % OPERANDS_OF_STEP === 0) yield;
    ranges?.find();
  }
}

function groupByProperty<T>(operands: readonly Condition<T>[]): Iterable<Condition<T>[]> {
  const groups = new Map<string, Condition<T>[]>();
  for (const operand of operands) {
    const name = operand.ranges?.property.name;
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(operand);
    else groups.set(name, [operand]);
  }
  return groups.values();
}

function testRanges<T>({ property, find }: ValueRanges<T>, caseSensitive: boolean): Condition<T> {
  const ranges = find();
  const test = (value: CimValue): Truth => {
    const form = orderedForm(value, caseSensitive);
    return form === undefined ? UNKNOWN : truthOf(isAmong(ranges, form));
  };
  return withRanges(testOf(property, test), { property, find: () => ranges });
}
