import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { bindQuery } from '../../src/query/bind-query.js';
import { parseCql } from '../../src/query/parse-cql.js';
import { namespace } from '../support/test-schema.js';
import { bind, errorOf, everyType, schema, setting, timestamp } from './lab.js';

/** Comparisons that become look-ups, and others between them. */
const wqlComparisons = [
  ...["a_string = 'x'", "A_String = 'X'", "a_string = 'y'", 'a_string = 5', "a_string <> 'x'", "a_string <> 'z'"],
  ...['a_uint8 = 1', 'a_uint8 = 1.0', "a_uint8 = '2'", 'a_uint8 = 300', 'a_uint8 <> 1', 'a_uint8 <> 3', 'a_uint8 > 2'],
  ...['a_uint64 = 18446744073709551615', 'a_uint64 = 1e3', 'a_uint64 <> 7', 'a_real64 = 0.1', 'a_real64 = 1'],
  ...[
    'a_boolean = TRUE',
    "a_boolean = 'false'",
    'a_boolean = 1',
    'a_boolean <> TRUE',
    "a_char16 = 'x'",
    'a_char16 = 121',
  ],
  ...["a_datetime = '20240101000000.000000+000'", "a_datetime = '20240101******.******+000'"],
  ...["a_datetime <> '00000001000000.000000:000'", "a_datetime = '20240101010000.000000+060'"],
  ...[
    "a_string > 'x'",
    "a_string <= 'Y'",
    'a_uint8 < 3',
    'a_uint8 >= 2',
    'a_uint8 <= 1.5',
    'a_uint64 > 7',
    'a_uint64 < 1e3',
  ],
  ...['a_uint64 >= 18446744073709551615', 'a_real64 > 0.1', 'a_real64 <= 1', "a_char16 > 'x'", "a_char16 <= 'x'"],
  ...["a_datetime > '20240101000000.000000+000'"],
  ...["a_string LIKE 'x%'", 'a_string IS NULL', 'a_uint8 IS NOT NULL', "a_setting.ElementName = 'inner'"],
  ...['an_object.Count = 3', "an_object.Count = 'three'", 'an_object.Count = 4', "an_object.Count <> 'x'"],
  ...['an_object.count = 3', 'many_uint8[0] = 1', 'many_uint8[0] = 2', 'many_uint8[1] = 1', 'many_uint8[0] <> 1'],
];
const cqlComparisons = wqlComparisons
  .map((text) => text.replace(/^(\w+) = 'y'/i, "$1 = 'Y'"))
  .filter((text) => !/LIKE|a_string = 5|= '(?:2|false|three)'|<> 'x'|a_boolean = 1/.test(text));

const instances = [
  everyType('null'),
  everyType('text', { a_string: 'x', a_char16: 'x', a_uint8: 1, a_boolean: true, many_uint8: [1, 2] }),
  everyType('other text', {
    a_string: 'Y',
    a_char16: 'y',
    a_uint8: 2,
    a_uint64: 1000n,
    a_real64: 0.1,
    a_boolean: false,
  }),
  everyType('number', { a_string: '5', a_uint8: 3, a_uint64: 18_446_744_073_709_551_615n, a_real64: Number.NaN }),
  everyType('time', { a_datetime: timestamp('20240101000000.000000+000'), a_uint64: 7n, a_real64: 1 }),
  everyType('open', { a_datetime: timestamp('20240101******.******+000'), many_uint8: [] }),
  everyType('length', { a_datetime: timestamp('00000001000000.000000:000') }),
  everyType('object', {
    a_setting: setting('TEST_SpecialSetting', { ElementName: 'inner' }),
    an_object: setting('TEST_Setting', { Count: 3 }),
  }),
  everyType('object without', { an_object: new CimInstance('TEST_Setting', [['Count', null]]) }),
];

const chain = (kind: string, texts: readonly string[]) => texts.join(` ${kind} `);

/** Operands with chains of either kind among them. */
function operandsOf(comparisons: readonly string[]): fc.Arbitrary<readonly string[]> {
  const comparison = fc.constantFrom(...comparisons);
  const nested = fc
    .tuple(fc.constantFrom('AND', 'OR'), fc.array(comparison, { minLength: 2, maxLength: 8 }))
    .map(([kind, texts]) => `(${chain(kind, texts)})`);
  const negated = nested.map((text) => `NOT ${text}`);
  const deeper = fc
    .tuple(
      fc.constantFrom('AND', 'OR'),
      fc.array(fc.oneof(comparison, nested, negated), { minLength: 2, maxLength: 6 }),
    )
    .map(([kind, texts]) => `(${chain(kind, texts)})`);
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: comparison },
      { weight: 2, arbitrary: nested },
      { weight: 1, arbitrary: negated },
      { weight: 1, arbitrary: deeper },
    ),
    { minLength: 2, maxLength: 24 },
  );
}

function matcher(dialect: 'WQL' | 'CQL', where: string): (instance: CimInstance) => boolean {
  if (dialect === 'WQL') return bind(`SELECT * FROM TEST_EveryType WHERE ${where}`).matches;
  const text = `SELECT * FROM TEST_EveryType WHERE ${where.replace(/\b(a|an|many)_/gi, 'TEST_EveryType.$1_')}`;
  return bindQuery(parseCql(text), schema, { namespace, server: 'srv1' }).matches;
}

describe.each([
  ['WQL', wqlComparisons],
  ['CQL', cqlComparisons],
] as const)('a chain in %s', (dialect, comparisons) => {
  test.each([
    ['OR', (truths: readonly boolean[]) => truths.some(Boolean), (truths: readonly boolean[]) => truths.every(Boolean)],
    [
      'AND',
      (truths: readonly boolean[]) => truths.every(Boolean),
      (truths: readonly boolean[]) => truths.some(Boolean),
    ],
  ])('by %s is true, false or unknown as its operands one by one make it', (kind, isTrue, isFalse) => {
    fc.assert(
      fc.property(operandsOf(comparisons), (operands) => {
        const whole = matcher(dialect, chain(kind, operands));
        const denied = matcher(dialect, `NOT (${chain(kind, operands)})`);
        const each = operands.map((operand) => matcher(dialect, operand));
        const eachDenied = operands.map((operand) => matcher(dialect, `NOT (${operand})`));
        for (const instance of instances) {
          expect(whole(instance)).toBe(isTrue(each.map((matches) => matches(instance))));
          expect(denied(instance)).toBe(isFalse(eachDenied.map((matches) => matches(instance))));
        }
      }),
      { numRuns: 300 },
    );
  });
});

const many = (condition: (n: number) => string, kind = ' OR ', count = 2400) =>
  Array.from({ length: count }, (_, n) => condition(n)).join(kind);

describe('thousands of comparisons', () => {
  test.each([
    ['numbers', many((n) => `a_uint64 = ${n + 1000}`)],
    ['texts, with something else among them', `a_uint8 > 250 OR ${many((n) => `a_string = 't${n}'`)} OR a_uint8 < 0`],
    ['texts within parentheses', `(${many((n) => `a_string = 't${n}'`)}) OR (a_uint8 = 1 OR (a_uint8 = 2))`],
    ['numbers that are left out', `NOT (${many((n) => `a_uint64 <> ${n + 1000}`, ' AND ')})`],
    ['numbers that are greater', many((n) => `a_uint64 > ${n + 1000}`)],
    ['texts that are not less', many((n) => `a_string < 'a${n}'`)],
    ['ranges of numbers', many((n) => `(a_uint8 > ${n + 300} AND a_uint8 <= ${n + 301})`, ' OR ', 1500)],
    ['ranges of texts, and others', `a_string = 'x' OR ${many((n) => `NOT (a_string <> 'y${n}')`, ' OR ', 1500)}`],
    ['points in time', many((n) => `a_datetime = '20240101000000.${String(n).padStart(6, '0')}+000'`, ' OR ', 1200)],
  ])('of one property take no longer than one: %s', (_, where) => {
    const query = bind(`SELECT * FROM TEST_EveryType WHERE ${where}`);
    const subject = everyType('a', {
      a_string: 'not among them',
      a_uint8: 100,
      a_uint64: 7n,
      a_datetime: timestamp('20250101000000.000000+000'),
    });
    const startedAt = performance.now();
    for (let count = 0; count < 20_000; count++) query.matches(subject);
    // One by one they take ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(1500);
    expect(query.matches(subject)).toBe(false);
  });

  test('are still refused for the first that is wrong', () => {
    const where = `${many((n) => `a_uint8 = ${n % 9}`)} OR a_uint8 = 'seven' OR a_uint8 = 'eight'`;
    expect(errorOf(() => bind(`SELECT * FROM TEST_EveryType WHERE ${where}`)).message).toContain("'seven'");
  });
});
