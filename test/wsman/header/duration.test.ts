import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../../src/wsman/header/duration.js';

describe('an xs:duration', () => {
  test.each([
    ['PT60.000S', 60_000],
    ['PT1M', 60_000],
    ['PT0S', 0],
    ['PT0.5S', 500],
    ['PT0.05S', 50],
    ['PT0.0019S', 1],
    ['PT1.123456789S', 1123],
    ['PT1H', 3_600_000],
    ['P1D', 86_400_000],
    ['P1DT1S', 86_401_000],
    ['P1M', 30 * 86_400_000],
    ['P1Y', 365 * 86_400_000],
    ['P0Y0M0DT0H0M1S', 1000],
    ['-PT1S', -1000],
  ])('%s is that many milliseconds', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test('is the sum of its parts', () => {
    const part = fc.nat(999_999);
    fc.assert(
      fc.property(part, part, part, part, fc.nat(999), (days, hours, minutes, seconds, fraction) => {
        const text = `P${days}DT${hours}H${minutes}M${seconds}.${String(fraction).padStart(3, '0')}S`;
        expect(parseDuration(text)).toBe((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + fraction);
      }),
    );
  });
});

test.each([
  ...['', ' ', 'P', 'PT', '-P', 'P1', 'P1DT', '1D', 'T1S', 'PT1', 'PT1.S', 'PT.5S', 'P1.5D', 'PT1S1M', 'P1H', 'PT1D'],
  ...['PT-1S', '+PT1S', 'pt1s', 'PT1S ', ' PT1S', 'PT1SP', '60', 'INF', `PT${'9'.repeat(500_000)}S`],
])('%.20j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
