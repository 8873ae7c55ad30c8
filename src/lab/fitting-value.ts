import { CimDateTime } from '../cim/model/cim-date-time.js';
import { type CimType, isBigIntType } from '../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../cim/model/cim-value.js';

/** What a program writes down for one value: a number for any integer, a Date for a timestamp. */
export type LooseScalar = CimScalar | Date;

/** What a program writes down for a value. */
export type LooseValue = LooseScalar | readonly (LooseScalar | null)[] | null;

/** The value of a type that is meant; what is none of it stays as it is, for whoever checks it. */
export function fittingValue(value: LooseValue, type: CimType): CimValue {
  if (!isLooseArray(value)) return value === null ? null : fittingScalar(value, type);
  return value.map((one) => (one === null ? null : fittingScalar(one, type)));
}

function fittingScalar(value: LooseScalar, type: CimType): CimScalar {
  if (value instanceof Date) return CimDateTime.fromDate(value);
  if (typeof value === 'number' && isBigIntType(type.name) && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'bigint' && !isBigIntType(type.name) && BigInt(Number(value)) === value) return Number(value);
  return value;
}

function isLooseArray(value: LooseValue): value is readonly (LooseScalar | null)[] {
  return Array.isArray(value);
}
