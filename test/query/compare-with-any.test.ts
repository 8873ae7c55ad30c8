import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../../src/cim/model/instance-path.js';
import { compareWith } from '../../src/query/compare-with.js';
import { compareWithAny } from '../../src/query/compare-with-any.js';

const anyText = fc.oneof(
  fc.constantFrom('', 'a', 'A', 'ä', 'Ä', 'ß', 'İ', 'i̇', 'K', '\u212a', 'x'.repeat(80), 'X'.repeat(80)),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

const anyNumber = fc.oneof(
  fc.constantFrom<number | bigint>(0, -0, 1, 1n, 0.1, Math.fround(0.1), Number.NaN, Number.POSITIVE_INFINITY, 1e300),
  fc.constantFrom<number | bigint>(2 ** 53, 2n ** 53n, 2n ** 53n + 1n, 2 ** 53 - 1, 2n ** 53n - 1n, 2n ** 64n - 1n),
  fc.constantFrom<number | bigint>(-(2 ** 53), -(2n ** 53n), -(2n ** 53n) - 1n, -1n, -1, 2 ** 64, 2n ** 64n),
  fc.integer({ min: -3, max: 3 }),
  fc.bigInt({ min: -3n, max: 3n }),
);

const anyTime = fc
  .oneof(
    fc.constantFrom('20240229235959.000000+000', '20240301005959.000000+060', '20240229235959.000001-000'),
    fc.constantFrom('00000101000000.000000+720', '99991231235959.999999-720', '20240229******.******+000'),
    fc.constantFrom('20240229235959.00000*+000', '**************.**********', '20240229235959.000000-060'),
    fc.constantFrom('00000001000000.000000:000', '00000000000000.000000:000', '00000001******.******:000'),
    fc.constantFrom('20240229245959.000000+000', '19700101000000.000000+000', '19691231230000.000000-060'),
  )
  .filter((text) => {
    try {
      return CimDateTime.parse(text) !== undefined;
    } catch {
      return false;
    }
  })
  .map((text) => CimDateTime.parse(text));

const anyPath = fc
  .record({
    namespace: fc.constantFrom(undefined, 'root/test', 'ROOT\\test', 'root/other'),
    className: fc.constantFrom('Disk', 'DISK', 'Tape'),
    keys: fc.oneof(
      fc.record({ Id: fc.constantFrom<CimKeyValue>('a', 'A', 'b', 1, 1n, true) }),
      fc.record({ id: fc.constantFrom<CimKeyValue>('a', 'b'), Other: fc.constantFrom<CimKeyValue>('a', 2n) }),
    ),
  })
  .map((parts) => new InstancePath(parts));

/** Constants of one type, and values of all. */
const kinds: Readonly<Record<string, fc.Arbitrary<CimKeyValue>>> = {
  texts: anyText,
  numbers: anyNumber,
  datetimes: anyTime,
  references: anyPath,
  booleans: fc.boolean(),
};
const anyValue: fc.Arbitrary<CimValue> = fc.oneof(...Object.values(kinds), fc.constant(null), fc.constant([]));

describe('a comparison with all of some constants at once', () => {
  test.each(Object.entries(kinds))('says what comparing with each says: %s', (_, constant) => {
    const namespaces = fc.constantFrom(undefined, 'root/test', 'Root/Test');
    fc.assert(
      fc.property(
        fc.array(constant, { minLength: 1, maxLength: 12 }),
        fc.oneof(constant, anyValue),
        fc.boolean(),
        namespaces,
        (constants, value, caseSensitive, namespace) => {
          const orders = constants.map((each) => compareWith(each, caseSensitive, namespace)(value));
          const expected = orders.includes(0) ? true : orders.includes(undefined) ? undefined : false;
          expect(compareWithAny(constants, caseSensitive, namespace)(value)).toBe(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('with none is open', () => {
    expect(compareWithAny([], false, undefined)('a')).toBeUndefined();
  });
});
