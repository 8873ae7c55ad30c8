import type { CimError } from '../cim/model/cim-error.js';
import { foldName } from '../cim/model/name-map.js';
import { aboutName } from '../cim/model/unknown-name.js';
import { lexQuery } from './lex-query.js';
import { invalidQuery } from './query-error.js';
import { queryLimits } from './query-limits.js';
import { describeToken, type QueryToken, type QueryTokenKind } from './query-token.js';

/** What stands in queries besides names. */
const QUERY_WORDS = [
  ...['SELECT', 'FROM', 'WHERE', 'AND', 'OR', 'NOT', 'LIKE', 'IS', 'NULL', 'ISA', 'AS', 'TRUE', 'FALSE'],
  ...['ASSOCIATORS', 'REFERENCES', 'OF', 'AssocClass', 'ResultClass', 'Role', 'ResultRole', 'ClassDefsOnly'],
  ...['KeysOnly', 'RequiredQualifier', 'RequiredAssocQualifier'],
];

/** Steps through the tokens of a query. Keywords are compared without case. */
export class TokenReader {
  readonly #tokens: readonly QueryToken[];
  #position = 0;
  #depth = 0;
  #patternLength = 0;

  private constructor(tokens: readonly QueryToken[]) {
    this.#tokens = tokens;
  }

  /** Splits a text into its tokens, in steps. @throws CimError InvalidQuery when the text has no tokens */
  static *read(text: string): Generator<void, TokenReader, void> {
    return new TokenReader(yield* lexQuery(text));
  }

  get current(): QueryToken {
    return this.#tokenAt(this.#position);
  }

  get next(): QueryToken {
    return this.#tokenAt(this.#position + 1);
  }

  /** Moves on and returns the token that was current. The end stays current. */
  take(): QueryToken {
    const token = this.current;
    if (token.kind !== 'end') this.#position += 1;
    return token;
  }

  /** Takes the current token when it is of that kind. */
  accept(kind: QueryTokenKind): QueryToken | undefined {
    return this.current.kind === kind ? this.take() : undefined;
  }

  /** @param expected what the error says is missing: `')'`, `a class name behind FROM` */
  expect(kind: QueryTokenKind, expected: string): QueryToken {
    return this.accept(kind) ?? this.fail(expected);
  }

  /** Takes a LIKE pattern. @throws CimError InvalidQuery when the query's patterns get too long */
  expectPattern(): QueryToken {
    const pattern = this.expect('string', 'a pattern in quotes');
    this.#patternLength += pattern.text.length;
    if (this.#patternLength <= queryLimits.patternLength) return pattern;
    const limit = `the LIKE patterns of a query have at most ${queryLimits.patternLength} characters together`;
    throw invalidQuery(pattern.at, limit);
  }

  isWord(word: string): boolean {
    const { kind, text } = this.current;
    return kind === 'name' && text.length === word.length && foldName(text) === foldName(word);
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.take();
    return true;
  }

  expectWord(word: string): void {
    if (!this.acceptWord(word)) this.fail(word);
  }

  /** Runs a rule that may contain itself, in its steps. @throws CimError InvalidQuery when it does so too often */
  *nested<T>(rule: Generator<void, T, void>): Generator<void, T, void> {
    if (this.#depth === queryLimits.depth) {
      throw invalidQuery(this.current.at, `conditions are nested more than ${queryLimits.depth} deep`);
    }
    this.#depth += 1;
    const result = yield* rule;
    this.#depth -= 1;
    return result;
  }

  fail(expected: string): never {
    throw this.unexpected(expected);
  }

  unexpected(expected: string): CimError {
    const { at, kind, text } = this.current;
    const error = invalidQuery(at, `expected ${expected} but found ${describeToken(this.current)}`);
    return kind === 'name' ? aboutName(error, { kind: 'word', name: text, known: QUERY_WORDS }) : error;
  }

  #tokenAt(position: number): QueryToken {
    // The list ends with an `end` token, which answers for everything behind it.
    return this.#tokens[Math.min(position, this.#tokens.length - 1)] as QueryToken;
  }
}
