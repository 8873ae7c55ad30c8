import { CimError } from '../cim/model/cim-error.js';
import { invalidQuery } from './query-error.js';
import { queryLimits } from './query-limits.js';
import type { QueryToken, QueryTokenKind } from './query-token.js';
import { readNumber } from './read-number.js';
import { readObjectPathText, readPatternLiteral, readStringLiteral } from './read-quoted.js';

const BLANK = /[\s\uFEFF]*/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const SYMBOL = /<>|!=|<=|>=|[=<>()[\],.*]/y;
const NUMBER_START = /[+-]?\.?\d/y;

/** Tokens that are read in one step. */
const TOKENS_OF_STEP = 256;

/**
 * Splits a query into tokens, the last of which is `end`, in steps.
 *
 * @throws CimError InvalidQuery where a character belongs to nothing, a string is not closed, a number is too large,
 *   or the text is longer than the limits
 */
export function* lexQuery(text: string): Generator<void, readonly QueryToken[], void> {
  if (text.length > queryLimits.textLength) {
    throw new CimError('InvalidQuery', `The query is longer than ${queryLimits.textLength} characters.`);
  }
  const tokens: QueryToken[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; at = skipBlanks(text, at)) {
    if (tokens.length === queryLimits.tokens) throw invalidQuery(at, `a query has at most ${queryLimits.tokens} words`);
    const { token, end } = readToken(text, at, isLike(tokens.at(-1)));
    tokens.push(token);
    at = end;
    if (tokens.length % TOKENS_OF_STEP === 0) yield;
  }
  tokens.push(token('end', '', text.length));
  return tokens;
}

/** A token and the offset behind it. */
interface Read {
  readonly token: QueryToken;
  readonly end: number;
}

/** A property may be called Like, but no string follows it then. */
function isLike(before: QueryToken | undefined): boolean {
  return before?.kind === 'name' && before.text.length === 4 && before.text.toUpperCase() === 'LIKE';
}

/** @param isPattern the token follows LIKE */
function readToken(text: string, at: number, isPattern: boolean): Read {
  const first = text[at];
  if (first === "'" || first === '"') {
    const { content, end } = isPattern ? readPatternLiteral(text, at) : readStringLiteral(text, at);
    return { token: token('string', content, at), end };
  }
  if (first === '{') {
    const { content, end } = readObjectPathText(text, at);
    return { token: token('objectPath', content, at), end };
  }
  const name = matchAt(NAME, text, at);
  if (name !== undefined && name.length > queryLimits.nameLength) {
    throw invalidQuery(at, `a name has at most ${queryLimits.nameLength} characters`);
  }
  if (name !== undefined) return { token: token('name', name, at), end: at + name.length };
  if (matchAt(NUMBER_START, text, at) !== undefined) {
    const { value, end } = readNumber(text, at);
    return { token: token(typeof value === 'bigint' ? 'integer' : 'real', text.slice(at, end), at, value), end };
  }
  const symbol = matchAt(SYMBOL, text, at);
  if (symbol === undefined)
    throw invalidQuery(at, `'${String.fromCodePoint(text.codePointAt(at) ?? 0)}' belongs to nothing`);
  return { token: token(symbol === '!=' ? '<>' : (symbol as QueryTokenKind), symbol, at), end: at + symbol.length };
}

function token(kind: QueryTokenKind, text: string, at: number, value: bigint | number = 0n): QueryToken {
  return { kind, text, value, at };
}

function skipBlanks(text: string, at: number): number {
  return at + (matchAt(BLANK, text, at)?.length ?? 0);
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
