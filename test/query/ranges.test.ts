import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAmong, joinRanges, type Ordered, otherRanges, type Ranges, rangesBeside } from '../../src/query/ranges.js';

const operators = ['=', '<>', '<', '>', '<=', '>='] as const;
type Operator = (typeof operators)[number];

const isTrue: Readonly<Record<Operator, (value: Ordered, bound: Ordered) => boolean>> = {
  // Numbers of both kinds are equal by amount.
  '=': (value, bound) => value <= bound && value >= bound,
  '<>': (value, bound) => value < bound || value > bound,
  '<': (value, bound) => value < bound,
  '>': (value, bound) => value > bound,
  '<=': (value, bound) => value <= bound,
  '>=': (value, bound) => value >= bound,
};

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.bigInt({ min: -5n, max: 5n }),
  fc.constantFrom(0.5, -0, 2 ** 60, 2n ** 60n + 1n, Number.POSITIVE_INFINITY),
);
const text = fc.constantFrom('', 'a', 'ab', 'b', 'z', '\u{1f600}', '\uffff');

/** Ranges, and what they are by the operators themselves. */
interface Judged {
  readonly ranges: Ranges;
  readonly has: (value: Ordered) => boolean;
}

function judgedOf(bound: fc.Arbitrary<Ordered>): fc.Arbitrary<Judged> {
  const { tree } = fc.letrec<{ tree: Judged; leaf: Judged; other: Judged; joined: Judged }>((tie) => ({
    leaf: fc
      .tuple(fc.constantFrom(...operators), bound)
      .map(([operator, at]) => ({ ranges: rangesBeside(operator, at), has: (value) => isTrue[operator](value, at) })),
    other: tie('tree').map(({ ranges, has }) => ({ ranges: otherRanges(ranges), has: (value) => !has(value) })),
    joined: fc.tuple(fc.array(tie('tree'), { minLength: 1, maxLength: 6 }), fc.boolean()).map(([all, isEvery]) => ({
      ranges: joinRanges(
        all.map(({ ranges }) => ranges),
        isEvery ? all.length : 1,
      ),
      has: (value) => (isEvery ? all.every(({ has }) => has(value)) : all.some(({ has }) => has(value))),
    })),
    tree: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('other'), tie('joined')),
  }));
  return tree;
}

describe('ranges', () => {
  test.each([
    ['numbers', number],
    ['texts', text],
  ] as const)('of %s hold what the comparisons hold that they were made of', (_, bound: fc.Arbitrary<Ordered>) => {
    fc.assert(
      fc.property(judgedOf(bound), fc.array(bound, { minLength: 1 }), ({ ranges, has }, values) => {
        for (const value of values) expect(isAmong(ranges, value)).toBe(has(value));
        expect(ranges.among).toHaveLength(2 * ranges.bounds.length + 1);
      }),
      { numRuns: 500 },
    );
  });

  test('have no bound where nothing begins or ends', () => {
    const all = [1, 2, 3, 4].map((bound) => rangesBeside('>', bound));
    expect(joinRanges(all, 1)).toEqual(rangesBeside('>', 1));
    expect(joinRanges(all, all.length)).toEqual(rangesBeside('>', 4));
    expect(joinRanges([rangesBeside('<', 5), rangesBeside('>=', 5)], 1)).toEqual({ bounds: [], among: [true] });
  });
});
