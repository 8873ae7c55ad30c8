import { createHash } from 'node:crypto';

/**
 * Fractions from 0 to less than 1, the same row for the same name: with a seed, a rule decides and waits the same in every run, whatever
 * other rules there are.
 *
 * @param seed of the endpoint; undefined for chance
 * @param name of the row
 * @param count which one of the row
 */
export function seededFraction(seed: number | undefined, name: string, count: number): number {
  if (seed === undefined) return Math.random();
  const hash = createHash('sha256').update(`${seed}:${name}:${count}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48;
}
