import type { ComparisonKey } from '../../cim/model/comparison-key.js';
import { hashOf } from './hash-of.js';

/** What stands in an index for a value that has no key: shorter than every hash. */
export const UNKEYED = '\\x';

/** A text and a number that look alike are different values. */
export function propertyKeyHash(key: ComparisonKey): string {
  return hashOf(typeof key === 'string' ? `s${key}` : typeof key === 'boolean' ? `b${key}` : `n${key}`);
}
