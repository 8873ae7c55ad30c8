/** string: text in quotes; bigint: an integer; number: a real. */
export type LiteralValue = string | bigint | number | boolean | null;

/** A constant as it was written; what it means depends on the property it is compared with. */
export interface LiteralNode {
  readonly kind: 'Literal';
  readonly value: LiteralValue;
  /** Offset into the query's text. */
  readonly at: number;
}

export function literalNode(value: LiteralValue, at: number): LiteralNode {
  return Object.freeze({ kind: 'Literal', value, at });
}
