import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { formatDateTime, parseDateTime } from '../../../src/client/message/date-time-text.js';

describe('the text of a datetime', () => {
  it.each([
    ['20261122074530.123456+060', 'Datetime', '2026-11-22T07:45:30.123456+01:00'],
    ['20261122074530.000000-330', 'Datetime', '2026-11-22T07:45:30-05:30'],
    ['00000000000000.000000:000', 'Interval', 'P0DT0H0M0S'],
    ['00000102030405.******+000', 'CIM_DateTime', '00000102030405.******+000'],
  ])('of %s is a %s, %s', (cim, element, text) => {
    expect(formatDateTime(CimDateTime.parse(cim))).toEqual({ element, text });
  });

  it('is that of CIM where XML Schema has no such offset', () => {
    expect(formatDateTime(CimDateTime.parse('20261122074530.000000+999')).element).toBe('CIM_DateTime');
  });

  it('is that of CIM where XML Schema has no such year', () => {
    expect(formatDateTime(CimDateTime.parse('00001122074530.000000+000')).element).toBe('CIM_DateTime');
  });

  it.each([
    [' 2026-11-22T07:45:30Z\n', '20261122074530.000000+000'],
    ['2026-11-22T07:45:30', '20261122074530.000000+000'],
    ['2026-11-22T07:45:30.1234567Z', '20261122074530.123456+000'],
    ['P400D', '00000400000000.000000:000'],
    ['PT0.5S', '00000000000000.500000:000'],
    ['20261122074530.123456+060', '20261122074530.123456+060'],
  ])('%j is read as %s', (text, cim) => {
    expect(parseDateTime(text)?.toString()).toBe(cim);
  });

  it.each(['', 'now', 'P', 'PT', 'P1M', '-P1D', '2026-11-22', '2026-02-30T00:00:00Z', 'P999999999D'])(
    '%j is none',
    (text) => {
      expect(parseDateTime(text)).toBeUndefined();
    },
  );
});
