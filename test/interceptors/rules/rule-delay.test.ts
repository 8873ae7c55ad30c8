import { describe, expect, it } from 'vitest';
import { delayOf } from '../../../src/interceptors/rules/rule-delay.js';
import { seededFraction } from '../../../src/interceptors/rules/seeded-fraction.js';

/** Delays by one row of fractions, in ascending order. */
function sample(delay: Parameters<typeof delayOf>[0], count = 2001): readonly number[] {
  let drawn = 0;
  const fraction = () => seededFraction(7, 'row', drawn++);
  return Array.from({ length: count }, () => delayOf(delay, fraction)).sort((a, b) => a - b);
}

describe('a delay', () => {
  it('is what it says', () => {
    expect(delayOf(50, Math.random)).toBe(50);
  });

  it('lies anywhere between two', () => {
    const delays = sample({ uniform: [100, 300] });
    expect(delays[0]).toBeGreaterThanOrEqual(100);
    expect(delays.at(-1)).toBeLessThan(300);
    expect(delays[1000]).toBeGreaterThan(180);
    expect(delays[1000]).toBeLessThan(220);
  });

  it('lies around a median, and now and then far beyond', () => {
    const delays = sample({ logNormal: { median: 100, sigma: 1 } });
    expect(delays[1000]).toBeGreaterThan(85);
    expect(delays[1000]).toBeLessThan(115);
    // Of a standard deviation of 1 a sixth is beyond e times the median.
    const beyond = delays.filter((one) => one > 100 * Math.E).length / delays.length;
    expect(beyond).toBeGreaterThan(0.12);
    expect(beyond).toBeLessThan(0.2);
  });

  it('is the median alone without a deviation', () => {
    expect(new Set(sample({ logNormal: { median: 80, sigma: 0 } }, 20))).toEqual(new Set([80]));
  });
});
