import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { anyInterval, anyTimestamp, anyWithWildcards } from '../../support/cim-arbitraries.js';

const parse = (text: string) => CimDateTime.parse(text);

describe('the text of a datetime', () => {
  test.each([
    ['20260102030405.123456+060', 'a timestamp'],
    ['20260102030405.123456-480', 'west of UTC'],
    ['00000101000000.000000+000', 'the year 0'],
    ['99991231235959.999999+999', 'the last year'],
    ['20240229000000.000000+000', 'a leap day'],
    ['20000229000000.000000+000', 'the leap day of a year that 400 divides'],
    ['00000000000000.000000:000', 'the empty interval'],
    ['99999999235959.999999:000', 'the longest interval'],
    ['20260102030405.12345*+000', 'one open digit of the fraction'],
    ['20260102030405.******+000', 'an open fraction'],
    ['202601020304**.******+000', 'open seconds'],
    ['2026010203****.******+000', 'open minutes'],
    ['20260102******.******+000', 'open hours'],
    ['202601********.******+000', 'an open day'],
    ['2026**********.******+000', 'an open month'],
    ['**************.******+000', 'everything open'],
    ['20260102030405.123456+***', 'an open offset'],
    ['**************.******+***', 'everything open, offset and all'],
    ['**************.**********', 'everything open as WMI writes it'],
    ['00000001020304.12****:000', 'an interval with an open fraction'],
    ['00000001020304.******:000', 'an interval to the second'],
    ['000000010203**.******:000', 'an interval to the minute'],
    ['**************.******:000', 'an open interval'],
  ])('%s is %s, and kept as it is', (text) => {
    expect(parse(text).toString()).toBe(text);
  });

  test.each([
    ['', 'nothing'],
    ['20260102030405.123456+06', 'one character short'],
    ['20260102030405.123456+0600', 'one character long'],
    ['2026-01-02T03:04:05.000000', 'an ISO date'],
    ['20261302030405.000000+000', 'month 13'],
    ['20260002030405.000000+000', 'month 0'],
    ['20260100030405.000000+000', 'day 0'],
    ['20260132030405.000000+000', 'day 32'],
    ['20260431030405.000000+000', 'a 31st of April'],
    ['20260229030405.000000+000', 'a leap day out of season'],
    ['21000229030405.000000+000', 'a leap day of a year that 100 divides'],
    ['20260102240405.000000+000', 'hour 24'],
    ['20260102036005.000000+000', 'minute 60'],
    ['20260102030460.000000+000', 'second 60'],
    ['20260102030405,000000+000', 'a comma'],
    ['20260102030405.000000 000', 'no sign'],
    ['20260102030405.000000:001', 'an interval with an offset'],
    ['00000001240000.000000:000', 'an interval with hour 24'],
    ['00000001006000.000000:000', 'an interval with minute 60'],
    ['00000001000060.000000:000', 'an interval with second 60'],
    ['20260102030405.1*3456+000', 'a digit behind an asterisk in the fraction'],
    ['20260102**0405.******+000', 'minutes behind open hours'],
    ['20260102030405.1234*6+000', 'a digit at the end of an open fraction'],
    ['2026010203****.123456+000', 'a fraction behind open minutes'],
    ['****0102030405.123456+000', 'an open year alone'],
    ['202*0102030405.123456+000', 'half a field open'],
    ['2026010203040*.******+000', 'half of the seconds open'],
    ['20260102030405.123456+0**', 'half an offset open'],
    ['20260102030405.123456****', 'an open sign'],
    ['**************.*******xyz', 'everything open, then letters'],
    ['**************.123456****', 'a fraction where everything else is open'],
    ['*********************:000', 'an interval without a point'],
    ['0000000١020304.123456:000', 'a digit that is not ASCII'],
    ['0260102030405.123456+000\n', 'a line break'],
  ])('%j is refused: %s', (text) => {
    expect(() => parse(text)).toThrow(RangeError);
  });

  test('of great length is refused with a short message', () => {
    expect(() => parse('2'.repeat(100_000))).toThrow(/^'2{40}' is not/);
  });

  test('gives its fields', () => {
    expect(parse('20260102030405.12345*-480').fields).toEqual({
      year: 2026,
      month: 1,
      day: 2,
      hour: 3,
      minute: 4,
      second: 5,
      microsecond: 123450,
      offset: -480,
    });
    expect(parse('000000120304**.******:000').fields).toEqual({
      year: 0,
      month: 0,
      day: 12,
      hour: 3,
      minute: 4,
      second: undefined,
      microsecond: undefined,
      offset: undefined,
    });
    expect(parse('**************.**********').fields.offset).toBeUndefined();
  });
});

describe('the position of a timestamp', () => {
  test('counts from 1970 in UTC', () => {
    expect(parse('19700101000000.000001+000').microseconds).toBe(1n);
    expect(parse('19700101010000.000000+060').microseconds).toBe(0n);
    expect(parse('19691231235959.999999+000').microseconds).toBe(-1n);
    expect(parse('00000101000000.000000+000').microseconds).toBe(BigInt(Date.parse('0000-01-01T00:00Z')) * 1000n);
  });

  test('is that of the same moment in JavaScript, whatever the offset', () => {
    fc.assert(
      fc.property(anyTimestamp, (value) => {
        const { year = 0, month = 0, day = 0, hour, minute, second, microsecond = 0, offset = 0 } = value.fields;
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        date.setUTCHours(hour ?? 0, (minute ?? 0) - offset, second);
        expect(value.microseconds).toBe(BigInt(date.getTime()) * 1000n + BigInt(microsecond));
      }),
    );
  });

  test('orders timestamps of one offset as their texts do', () => {
    const atUtc = anyTimestamp.map((value) => parse(`${value.toString().slice(0, 21)}+000`));
    fc.assert(
      fc.property(atUtc, atUtc, (a, b) => {
        expect((a.microseconds ?? 0n) < (b.microseconds ?? 0n)).toBe(a.toString() < b.toString());
      }),
    );
  });

  test('is open where a wildcard is', () => {
    fc.assert(
      fc.property(anyWithWildcards, (value) => {
        expect(value.hasWildcards).toBe(true);
        expect(value.microseconds).toBeUndefined();
      }),
    );
  });
});

describe('an interval', () => {
  test('is read from its microseconds and gives them back', () => {
    fc.assert(
      fc.property(anyInterval, (value) => {
        expect(value.isInterval).toBe(true);
        expect(CimDateTime.interval(value.microseconds ?? -1n).toString()).toBe(value.toString());
      }),
    );
  });

  test.each([-1n, 100_000_000n * 86_400_000_000n])('cannot be %s µs long', (length) => {
    expect(() => CimDateTime.interval(length)).toThrow(RangeError);
  });
});

describe('a date', () => {
  test('keeps its milliseconds on the way through', () => {
    const date = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (moment) => {
        expect(CimDateTime.fromDate(moment).microseconds).toBe(BigInt(moment.getTime()) * 1000n);
      }),
    );
  });

  test.each([new Date('+010000-01-01T00:00:00Z'), new Date('-000001-12-31T00:00:00Z'), new Date(Number.NaN)])(
    '%s does not fit',
    (date) => {
      expect(() => CimDateTime.fromDate(date)).toThrow(RangeError);
    },
  );
});

describe('two datetimes are equal', () => {
  test('at the same moment', () => {
    expect(parse('20260102030405.000000+060').equals(parse('20260102020405.000000+000'))).toBe(true);
    expect(parse('20260102030405.000000+060').equals(parse('20260102030405.000000+000'))).toBe(false);
  });

  test('with wildcards, only by text', () => {
    expect(parse('20260102******.******+060').equals(parse('20260102******.******+060'))).toBe(true);
    expect(parse('20260102******.******+000').equals(parse('20260102******.******-000'))).toBe(false);
  });

  test('never as interval and timestamp', () => {
    expect(parse('00000000000000.000000:000').equals(parse('19700101000000.000000+000'))).toBe(false);
  });
});
