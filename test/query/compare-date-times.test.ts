import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareWithDateTime } from '../../src/query/compare-date-times.js';
import { anyInterval, anyTimestamp, anyWithWildcards } from '../support/cim-arbitraries.js';
import { timestamp } from './lab.js';

it.each([
  ['timestamps', anyTimestamp],
  ['intervals', anyInterval],
])('puts %s in the order of their microseconds, whatever their offsets', (_, any) => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      const [left = 0n, right = 0n] = [a.microseconds, b.microseconds];
      expect(compareWithDateTime(b)(a)).toBe(left < right ? -1 : left > right ? 1 : 0);
    }),
    { numRuns: 1000 },
  );
});

it.each([
  ['20260102030405.000000+000', '20260102040405.000000+060', 0],
  ['20260102030405.000001+000', '20260102040405.000000+060', 1],
  ['19691231235959.999999+000', '19700101005959.999999+060', 0],
  ['99991231235959.000000+000', '99991231235959.000000-600', -1],
  ['00000101000000.000000+000', '00000101000000.000000+600', 1],
])('compares %s with %s: %i', (value, constant, expected) => {
  expect(compareWithDateTime(timestamp(constant))(timestamp(value))).toBe(expected);
});

it('knows no order between timestamps and intervals', () => {
  fc.assert(fc.property(anyTimestamp, anyInterval, (a, b) => compareWithDateTime(b)(a) === undefined));
});

it('knows no order against wildcards but that of equal texts', () => {
  fc.assert(
    fc.property(anyWithWildcards, anyTimestamp, (open, definite) => {
      expect([compareWithDateTime(open)(open), compareWithDateTime(open)(definite)]).toEqual([0, undefined]);
    }),
  );
});
