import { mofLimits } from '../mof-limits.js';

/** A number literal; integers that a double cannot hold exactly are `bigint`. */
export type NumberLiteral =
  | { readonly kind: 'integer'; readonly value: number | bigint }
  | { readonly kind: 'real'; readonly value: number };

const BINARY = /^[+-]?[01]+[bB]$/;
const OCTAL = /^[+-]?0[0-7]+$/;
const DECIMAL = /^[+-]?(?:0|[1-9]\d*)$/;
const HEX = /^[+-]?0[xX][\dA-Fa-f]+$/;
const REAL = /^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/;

/**
 * Reads a number as DSP0004 Annex A writes them: `101b`, `017`, `42`, `0x2A`, `-1.5e3`; a string is the message that
 * says why a text is none.
 */
export function readNumber(text: string): NumberLiteral | string {
  if (text.length > mofLimits.numberLength) return `a number of ${text.length} characters is too long`;
  if (DECIMAL.test(text)) return integer(text, '', text);
  if (BINARY.test(text)) return integer(text, '0b', text.slice(0, -1));
  if (HEX.test(text)) return integer(text, '0x', text.replace(/0[xX]/, ''));
  if (OCTAL.test(text)) return integer(text, '0o', text);
  if (REAL.test(text)) return real(text);
  if (/^[+-]?0\d+$/.test(text)) return `'${text}' is not an octal number, which a leading 0 begins`;
  return `'${text.slice(0, 40)}' is not a number`;
}

function integer(text: string, prefix: string, body: string): NumberLiteral {
  const negative = text.startsWith('-');
  const digits = /^[+-]/.test(body) ? body.slice(1) : body;
  // Short enough for every digit to count in a double, in any base.
  if (digits.length <= 12) {
    const value = Number(prefix + digits);
    return { kind: 'integer', value: negative && value !== 0 ? -value : value };
  }
  const big = BigInt(prefix + digits);
  return { kind: 'integer', value: negative ? -big : big };
}

function real(text: string): NumberLiteral | string {
  const value = Number(text);
  return Number.isFinite(value) ? { kind: 'real', value } : `${text.slice(0, 40)} is out of range for a real64`;
}
