import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { foldName } from '../cim/model/name-map.js';
import { compareWithDateTime } from './compare-date-times.js';
import { sameObject } from './object-path.js';

/** The order of a value against a constant: negative, 0 or positive; undefined when the two do not compare. */
export type CompareWithConstant = (value: CimValue) => number | undefined;

/** Any answer but 0: of some types it is only known that two values differ. */
const DIFFERENT = 1;

/**
 * Compares values with a constant of their type: numbers by amount, datetimes by time, references by the object they
 * name, strings and characters by code units, with or without regard to case.
 *
 * @param namespace what a reference without a namespace means
 */
export function compareWith(
  constant: CimKeyValue,
  caseSensitive: boolean,
  namespace: string | undefined,
): CompareWithConstant {
  if (typeof constant === 'string') return caseSensitive ? compareWithText(constant) : compareWithFolded(constant);
  if (typeof constant === 'number' || typeof constant === 'bigint') return compareWithNumber(constant);
  if (constant instanceof CimDateTime) {
    const compare = compareWithDateTime(constant);
    return (value) => (value instanceof CimDateTime ? compare(value) : undefined);
  }
  if (constant instanceof InstancePath) {
    return (value) =>
      value instanceof InstancePath ? (sameObject(value, constant, namespace) ? 0 : DIFFERENT) : undefined;
  }
  return (value) => (typeof value === 'boolean' ? (value === constant ? 0 : DIFFERENT) : undefined);
}

/** Numbers and bigints compare by their exact amounts; NaN with nothing. */
function compareWithNumber(constant: number | bigint): CompareWithConstant {
  return (value) => {
    if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
    if (value < constant) return -1;
    if (value > constant) return 1;
    return value >= constant ? 0 : undefined;
  };
}

function compareWithText(constant: string): CompareWithConstant {
  return (value) => (typeof value === 'string' ? order(value, constant) : undefined);
}

function compareWithFolded(constant: string): CompareWithConstant {
  const folded = foldName(constant);
  return (value) => {
    if (typeof value !== 'string') return undefined;
    return value === constant ? 0 : order(foldName(value), folded);
  };
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
