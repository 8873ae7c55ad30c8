import type { CimValue } from './cim-value.js';
import { foldName } from './name-map.js';

const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER);
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Equal, as a key of a Map, for equal values. */
export type ComparisonKey = string | number | bigint | boolean;

/**
 * The key of a value: of strings and characters in one case, of integers the same for all types. NULL equals nothing, so
 * its key is `null`; undefined for values that have no such key: arrays, datetimes (one time has several texts), real
 * numbers, references and embedded objects.
 */
export function comparisonKey(value: CimValue): ComparisonKey | null | undefined {
  if (value === null) return null;
  switch (typeof value) {
    case 'string':
      return foldName(value);
    case 'bigint':
      return value >= MIN_SAFE && value <= MAX_SAFE ? Number(value) : value;
    case 'number':
      return Number.isSafeInteger(value) ? value : undefined;
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}
