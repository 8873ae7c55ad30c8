import type { ComparisonOperator } from './ast/comparison-node.js';

/** What has an order: numbers of both kinds by amount, or texts by code units. */
export type Ordered = number | bigint | string;

/** Some of all numbers, or of all texts. */
export interface Ranges {
  /** Ascending. */
  readonly bounds: readonly Ordered[];
  /** Which are among them: those before the first bound, the bound itself, those between it and the second, and so on. */
  readonly among: readonly boolean[];
}

const beside: Readonly<Record<ComparisonOperator, readonly [before: boolean, itself: boolean, behind: boolean]>> = {
  '=': [false, true, false],
  '<>': [true, false, true],
  '<': [true, false, false],
  '<=': [true, true, false],
  '>': [false, false, true],
  '>=': [false, true, true],
};

/** The values for which a comparison with a bound, which is not NaN, is true. */
export function rangesBeside(operator: ComparisonOperator, bound: Ordered): Ranges {
  return { bounds: [bound], among: beside[operator] };
}

/** All that are not among some. */
export function otherRanges({ bounds, among }: Ranges): Ranges {
  return { bounds, among: among.map((is) => !is) };
}

export function isAmong({ bounds, among }: Ranges, value: Ordered): boolean {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] as Ordered) < value) low = middle + 1;
    else high = middle;
  }
  const bound = bounds[low];
  // Not `===`: a number may equal a bigint.
  const isBound = bound !== undefined && bound <= value;
  return among[2 * low + (isBound ? 1 : 0)] === true;
}

/** How many of the ranges begin or end at a bound and behind it: a bound of one of them. */
interface Step {
  readonly bound: Ordered;
  readonly at: number;
  readonly behind: number;
}

/** What is in at least so many of some, in the time that it takes to sort their bounds. */
export function joinRanges(all: readonly Ranges[], atLeast: number): Ranges {
  const steps = all.flatMap(stepsOf).sort((one, other) => order(one.bound, other.bound));
  let count = all.reduce((sum, { among: [before] }) => sum + Number(before), 0);
  const bounds: Ordered[] = [];
  const among = [count >= atLeast];
  for (let next = 0; next < steps.length; ) {
    const { bound } = steps[next] as Step; // in range
    let behind = count;
    for (let step = steps[next]; step !== undefined && order(step.bound, bound) === 0; step = steps[++next]) {
      count += step.at;
      behind += step.at + step.behind;
    }
    const [isAt, isBehind] = [count >= atLeast, behind >= atLeast];
    count = behind;
    if (isAt === among.at(-1) && isBehind === isAt) continue;
    bounds.push(bound);
    among.push(isAt, isBehind);
  }
  return { bounds, among };
}

function stepsOf({ bounds, among }: Ranges): readonly Step[] {
  return bounds.map((bound, place) => {
    const [before, itself, behind] = among.slice(2 * place, 2 * place + 3).map(Number);
    return { bound, at: (itself ?? 0) - (before ?? 0), behind: (behind ?? 0) - (itself ?? 0) };
  });
}

function order(one: Ordered, other: Ordered): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
