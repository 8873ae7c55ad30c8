/** string: text in quotes; bigint: an integer; number: a real. */
export type LiteralValue = string | bigint | number | boolean | null;

/** A constant as it was written; what it means depends on the property it is compared with. */
export interface LiteralNode {
  readonly kind: 'Literal';
  readonly value: LiteralValue;
  /** The value's text; a number's as it was written (`6.10`, `0x1F`), since beside a string it is that. */
  readonly text: string;
  /** Offset into the query's text. */
  readonly at: number;
}

export function literalNode(value: LiteralValue, at: number, text = textOf(value)): LiteralNode {
  return Object.freeze({ kind: 'Literal', value, text, at });
}

function textOf(value: LiteralValue): string {
  if (typeof value === 'number') return realText(value);
  return typeof value === 'string' ? value : String(value).toUpperCase();
}

/** A real in its shortest spelling, with its point or exponent, or it would be read as an integer. */
export function realText(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
