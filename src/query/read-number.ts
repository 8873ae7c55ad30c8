import { invalidQuery } from './query-error.js';

/** Hexadecimal and decimal integers, and reals. What follows a number directly must not look like more of it. */
const NUMBER = /([+-]?)(?:0[xX]([\dA-Fa-f]+)|(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?))/y;
const REST_OF_WORD = /[\p{L}\p{N}_.]/uy;

/** No sensible number is longer, and converting one takes more than linear time. */
const MAX_DIGITS = 400;
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 64n - 1n;

/**
 * Reads the number at an offset: bigint for an integer, number for a real.
 *
 * @throws CimError InvalidQuery when it is malformed or no 64-bit number
 */
export function readNumber(text: string, at: number): { readonly value: bigint | number; readonly end: number } {
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(text);
  const end = at + (match?.[0].length ?? 0);
  REST_OF_WORD.lastIndex = end;
  if (!match || REST_OF_WORD.test(text)) throw invalidQuery(at, 'this is not a number');
  if (end - at > MAX_DIGITS) throw invalidQuery(at, 'the number has too many digits');
  const [, sign, hex, decimal = ''] = match;
  if (hex === undefined && /[.eE]/.test(decimal)) return { value: real(Number(match[0]), at), end };
  const magnitude = BigInt(hex === undefined ? decimal : `0x${hex}`);
  return { value: integer(sign === '-' ? -magnitude : magnitude, at), end };
}

/** The number that a whole text is, blanks around it aside; undefined when it is none. */
export function numberOf(text: string): bigint | number | undefined {
  const trimmed = text.trim();
  try {
    const { value, end } = readNumber(trimmed, 0);
    return end === trimmed.length ? value : undefined;
  } catch {
    return undefined;
  }
}

function integer(value: bigint, at: number): bigint {
  if (value < MIN_INTEGER || value > MAX_INTEGER) throw invalidQuery(at, 'the integer does not fit 64 bits');
  return value;
}

function real(value: number, at: number): number {
  if (!Number.isFinite(value)) throw invalidQuery(at, 'the real does not fit 64 bits');
  return value;
}
