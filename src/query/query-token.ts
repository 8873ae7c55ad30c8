import { shorten } from '../cim/model/shorten.js';

/** `name` stands for keywords too: which words are keywords depends on the place. */
export type QueryTokenKind =
  | 'name'
  | 'string'
  | 'integer'
  | 'real'
  | 'objectPath'
  | '='
  | '<>'
  | '<'
  | '>'
  | '<='
  | '>='
  | '('
  | ')'
  | '['
  | ']'
  | ','
  | '.'
  | '*'
  | 'end';

export interface QueryToken {
  readonly kind: QueryTokenKind;
  /** A name's or symbol's text; a string's content without quotes and escapes; what stands between braces. */
  readonly text: string;
  /** Value of an integer or real; 0n otherwise. */
  readonly value: bigint | number;
  readonly at: number;
}

const quotedKinds: ReadonlySet<QueryTokenKind> = new Set([
  '=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  '*',
]);

/** A token for an error message, shortened: `'FROM'`, `a string`, `the end of the query`. */
export function describeToken({ kind, text }: QueryToken): string {
  if (kind === 'end') return 'the end of the query';
  if (kind === 'name') return `'${shorten(text)}'`;
  if (quotedKinds.has(kind)) return `'${kind}'`;
  return kind === 'integer' ? 'an integer' : kind === 'objectPath' ? 'an object path' : `a ${kind}`;
}
