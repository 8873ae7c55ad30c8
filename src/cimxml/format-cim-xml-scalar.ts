import { CimDateTime } from '../cim/model/cim-date-time.js';

/** A value that stands as text in VALUE and KEYVALUE. */
export type CimXmlScalar = boolean | number | bigint | string | CimDateTime;

export function isCimXmlScalar(value: unknown): value is CimXmlScalar {
  return typeof value !== 'object' || value instanceof CimDateTime;
}

/**
 * The text of a scalar in a VALUE or KEYVALUE (DSP0201 §5.2.3): `true`, `-3`, `1.5e+300`, a char16 as the character
 * itself, a datetime in its 25 characters.
 *
 * @param isReal whether a number is real32 or real64, whose text always has a decimal point
 */
export function formatCimXmlScalar(value: CimXmlScalar, isReal = false): string {
  return isReal && typeof value === 'number' ? formatReal(value) : value.toString();
}

function formatReal(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.N]/.test(text) ? text : text.replace(/^-?\d+/, '$&.0');
}
