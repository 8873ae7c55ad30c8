import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatScalar } from '../../../src/cim/model/format-scalar.js';
import { parseScalar } from '../../../src/cim/model/parse-scalar.js';
import { scalarOf } from '../../support/cim-arbitraries.js';
import { plain } from '../../support/plain-value.js';
import { plainTypeNames } from '../../support/test-schema.js';

type Formatted = Parameters<typeof formatScalar>[0];

describe('what was formatted', () => {
  test.each(plainTypeNames)('reads back the same, for %s', (type) => {
    fc.assert(
      fc.property(scalarOf(type) as fc.Arbitrary<Formatted>, (value) => {
        expect(plain(parseScalar(formatScalar(value, type), type) ?? null)).toEqual(plain(value));
      }),
      { numRuns: 300 },
    );
  });

  test('reads back the same for every char16 there is', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const value = String.fromCharCode(code);
      if (parseScalar(formatScalar(value, 'char16'), 'char16') !== value) expect.fail(`code ${code} is lost`);
    }
  });
});

test.each([
  [true, 'boolean', 'true'],
  [-0, 'real64', '-0'],
  [Number.POSITIVE_INFINITY, 'real32', 'INF'],
  [Number.NEGATIVE_INFINITY, 'real64', '-INF'],
  [Number.NaN, 'real64', 'NaN'],
  [0.1, 'real64', '0.1'],
  [1e21, 'real64', '1e+21'],
  [0xffff_ffff_ffff_ffffn, 'uint64', '18446744073709551615'],
  ['5', 'char16', '53'],
  ['5', 'string', '5'],
] as const)('%s of type %s is written %s', (value, type, text) => {
  expect(formatScalar(value, type)).toBe(text);
});
