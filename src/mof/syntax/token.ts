/** Kinds of MOF tokens; punctuation stands for itself. `error` is text that is no token: its message says why. */
export type TokenKind =
  | 'identifier'
  | 'alias'
  | 'string'
  | 'char'
  | 'integer'
  | 'real'
  | 'end'
  | 'error'
  | '{'
  | '}'
  | '('
  | ')'
  | '['
  | ']'
  | ';'
  | ','
  | ':'
  | '='
  | '#';

const descriptions: Partial<Record<TokenKind, string>> = {
  identifier: 'a name',
  alias: 'an alias',
  string: 'a string',
  char: 'a character literal',
  integer: 'an integer',
  real: 'a real number',
  end: 'the end of the text',
};

/** A kind of token as messages name it. */
export function describeTokenKind(kind: TokenKind): string {
  return descriptions[kind] ?? `'${kind}'`;
}
