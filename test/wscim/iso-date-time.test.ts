import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIsoDateTime, toIsoDateTime } from '../../src/wscim/iso-date-time.js';
import { anyInterval, anyTimestamp, anyWithWildcards } from '../support/cim-arbitraries.js';

const read = (text: string) => parseIsoDateTime(text)?.toString();

test('what was written reads back the same, sign of a zero offset and all', () => {
  fc.assert(
    fc.property(fc.oneof(anyTimestamp, anyInterval, anyWithWildcards), (value) => {
      expect(read(toIsoDateTime(value).text)).toBe(value.toString());
    }),
    { numRuns: 500 },
  );
});

test('a timestamp is written as xs:dateTime that JavaScript reads as the same moment', () => {
  const ofMinutes = anyTimestamp.filter(({ fields }) => Math.abs(fields.offset ?? 0) < 24 * 60);
  fc.assert(
    fc.property(ofMinutes, (value) => {
      const milliseconds = Number((value.microseconds ?? 0n) / 1000n);
      expect(Math.abs(Date.parse(toIsoDateTime(value).text) - milliseconds)).toBeLessThanOrEqual(1);
    }),
  );
});

describe('a client may write', () => {
  test.each([
    ['2026-01-02T03:04:05Z', '20260102030405.000000+000'],
    ['2026-01-02t03:04:05z', '20260102030405.000000+000'],
    ['2026-11-22T07:45:30.123456+01:00', '20261122074530.123456+060'],
    ['2026-11-22T07:45:30.5-08:30', '20261122074530.500000-510'],
    ['2026-11-22T07:45:30.1234567Z', '20261122074530.123456+000'],
    ['2026-11-22T07:45:30-00:00', '20261122074530.000000-000'],
    ['2026-11-22T07:45:30', '20261122074530.000000+000'],
    [' \n2026-11-22T07:45:30Z\t', '20261122074530.000000+000'],
    ['2026-01-02', '20260102******.******+000'],
    ['2026-01-02Z', '20260102******.******+000'],
    ['2026-01-02+01:00', '20260102******.******+060'],
    ['03:04:05', '00000000030405.000000:000'],
    ['03:04:05.25Z', '00000000030405.250000:000'],
    ['P1DT2H3M4.000005S', '00000001020304.000005:000'],
    ['PT0S', '00000000000000.000000:000'],
    ['P1D', '00000001000000.000000:000'],
    ['PT90M', '00000000013000.000000:000'],
    ['PT86400S', '00000001000000.000000:000'],
    ['P99999999DT23H59M59.999999S', '99999999235959.999999:000'],
    ['20260102030405.000000+060', '20260102030405.000000+060'],
    ['20260102******.******+000', '20260102******.******+000'],
    ['00000001020304.000005:000', '00000001020304.000005:000'],
  ])('%j for %s', (text, cim) => {
    expect(read(text)).toBe(cim);
  });
});

describe('is no datetime', () => {
  test.each([
    '',
    ' ',
    'P',
    'PT',
    'P1DT',
    'P1Y',
    'P1M',
    '-P1D',
    'P1.5D',
    'PT1.S',
    'P100000000D',
    'P99999999DT24H',
    'PT1H2H',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:04:60Z',
    '2026-01-02T03:04:05+16:40',
    '2026-01-02T03:04:05+1:00',
    '2026-01-02T03:04:05.Z',
    '2026-01-02 03:04:05Z',
    '26-01-02T03:04:05Z',
    '-2026-01-02T03:04:05Z',
    '20260102T030405Z',
    '25:00:00',
    '03:60:00',
    '2026-13-01',
    'yesterday, or the day bef', // 25 characters
    '0'.repeat(500_000),
    `P${'9'.repeat(500_000)}D`,
    `2026-01-02T03:04:05.${'9'.repeat(500_000)}Z`,
  ])('%.40j', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
