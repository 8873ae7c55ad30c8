import type { CimDateTime } from './cim-date-time.js';
import { type CimTypeName, integerRanges, isBigIntType, isIntegerType } from './cim-type.js';
import { cimDateTime } from './parse-xml-date-time.js';

/** More digits than any 64-bit number or sensible real has: longer texts are refused before they are converted. */
const MAX_NUMBER_LENGTH = 400;

/**
 * Reads the text form of a scalar of an intrinsic type, with white space around it allowed except in strings:
 * `true`/`false`/`1`/`0` in any case, decimal integers in range, decimal reals with `INF`, `-INF`, `NaN`, a char16
 * as one character or as its decimal code, a datetime of 25 characters.
 *
 * @returns the value, or undefined when the text is no value of that type (`reference` never is)
 */
export function parseScalar(
  text: string,
  type: CimTypeName,
): boolean | number | bigint | string | CimDateTime | undefined {
  if (type === 'string') return text;
  if (type === 'char16') return parseChar16(text);
  const trimmed = text.trim();
  if (isIntegerType(type)) return parseInteger(trimmed, type);
  switch (type) {
    case 'boolean':
      return parseBoolean(trimmed);
    case 'real32':
    case 'real64':
      return parseReal(trimmed, type);
    case 'datetime':
      return cimDateTime(trimmed);
    default:
      return undefined;
  }
}

function parseBoolean(text: string): boolean | undefined {
  const folded = text.toLowerCase();
  if (folded === 'true' || folded === '1') return true;
  return folded === 'false' || folded === '0' ? false : undefined;
}

function parseInteger(text: string, type: keyof typeof integerRanges): number | bigint | undefined {
  if (text.length > MAX_NUMBER_LENGTH || !/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  const [min, max] = integerRanges[type];
  if (value < min || value > max) return undefined;
  return isBigIntType(type) ? value : Number(value);
}

function parseReal(text: string, type: 'real32' | 'real64'): number | undefined {
  if (/^[+-]?INF$/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^NaN$/i.test(text)) return Number.NaN;
  if (text.length > MAX_NUMBER_LENGTH || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  const narrowed = type === 'real32' ? Math.fround(value) : value;
  return Number.isFinite(narrowed) ? narrowed : undefined;
}

/** libmi writes the code, others the character. A lone digit is a code: libmi is the client that exists. */
function parseChar16(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^\d{1,5}$/.test(trimmed)) return Number(trimmed) <= 0xffff ? String.fromCharCode(Number(trimmed)) : undefined;
  if (text.length === 1) return text;
  return trimmed.length === 1 ? trimmed : undefined;
}
