import type { RuleDelay } from './rule.js';

/**
 * Milliseconds to wait.
 *
 * @param fraction gives numbers from 0 to less than 1
 */
export function delayOf(delay: RuleDelay, fraction: () => number): number {
  if (typeof delay === 'number') return delay;
  if ('uniform' in delay) {
    const [least, most] = delay.uniform;
    return least + fraction() * (most - least);
  }
  const { median, sigma } = delay.logNormal;
  return median * Math.exp(sigma * standardNormal(fraction));
}

/** Box and Muller's. */
function standardNormal(fraction: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
}
