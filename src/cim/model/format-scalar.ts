import { CimDateTime } from './cim-date-time.js';
import type { CimTypeName } from './cim-type.js';

/** The text form of a scalar that `parseScalar` reads back to the same value. */
export function formatScalar(value: boolean | number | bigint | string | CimDateTime, type: CimTypeName): string {
  if (value instanceof CimDateTime || typeof value === 'bigint' || typeof value === 'boolean') return value.toString();
  if (typeof value === 'number') return formatNumber(value);
  return type === 'char16' ? String(value.charCodeAt(0)) : value;
}

function formatNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  return Object.is(value, -0) ? '-0' : String(value);
}
