import { mofLimits } from '../mof-limits.js';
import type { SourceText } from '../mof-source.js';
import { Lexer } from './lexer.js';
import type { NameSyntax } from './syntax.js';
import { describeTokenKind, type TokenKind } from './token.js';
import { findNonXmlCharacter } from './xml-characters.js';

/** Thrown where the text leaves the grammar; caught where reading can go on. */
export class SyntaxFailure extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Something to say of a place in a text. */
export interface TextNote {
  readonly at: number;
  readonly message: string;
}

/** Steps through the tokens of a text and knows how deep in braces it is. */
export class TokenReader {
  readonly source: SourceText;
  /** Number of open `{`. */
  depth = 0;
  /** Strings that go over several lines, by their offsets. */
  readonly brokenStrings = new Set<number>();
  /** What DSP0004 does not have and Windows' compiler takes, in the order of the text. */
  readonly foreign: TextNote[] = [];
  /** True when something was read that DSP0004 does not have and that is no error either. */
  isOfWindows = false;
  /** Names of aliases that stand as values, in lower case. */
  readonly usedAliases = new Set<string>();
  readonly #lexer: Lexer;

  constructor(source: SourceText) {
    this.source = source;
    this.#lexer = new Lexer(source.text);
  }

  get kind(): TokenKind {
    return this.#lexer.kind;
  }

  /** Offset of the current token. */
  get at(): number {
    return this.#lexer.start;
  }

  get text(): string {
    return this.#lexer.text;
  }

  get number(): number | bigint {
    return this.#lexer.number;
  }

  advance(): void {
    if (this.#lexer.kind === '{') this.depth += 1;
    else if (this.#lexer.kind === '}') this.depth -= 1;
    this.#lexer.next();
  }

  /** Moves on when the current token is of that kind. */
  accept(kind: TokenKind): boolean {
    if (this.#lexer.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** @throws SyntaxFailure when the current token is of another kind */
  expect(kind: TokenKind, where: string): void {
    if (!this.accept(kind)) this.fail(`${describeTokenKind(kind)} is expected ${where}`);
  }

  /** True when the current token is that keyword, in any case (DSP0004 Annex A: keywords are case-insensitive). */
  isWord(word: string): boolean {
    const { kind, text } = this.#lexer;
    return kind === 'identifier' && text.length === word.length && (text === word || text.toLowerCase() === word);
  }

  acceptWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.advance();
    return true;
  }

  /** Takes a name. @throws SyntaxFailure when there is none */
  expectName(what: string): NameSyntax {
    if (this.kind !== 'identifier') this.fail(`${what} is expected`);
    const name = { text: this.text, at: this.at };
    this.advance();
    return name;
  }

  /** Takes a string with all the literals that follow it directly. @throws SyntaxFailure when there is none */
  expectString(what: string): NameSyntax {
    if (this.kind !== 'string') this.fail(`${what} is expected`);
    const { at, text } = this;
    this.#advanceString();
    if (this.kind !== 'string') return { at, text: this.#checkString(at, text.length, text) };
    const parts = [text];
    let length = text.length;
    for (; this.kind === 'string'; this.#advanceString()) {
      length += this.text.length;
      parts.push(this.text);
    }
    return { at, text: this.#checkString(at, length, parts.join('')) };
  }

  #advanceString(): void {
    if (this.#lexer.lineBreak !== undefined) this.brokenStrings.add(this.at);
    this.advance();
  }

  #checkString(at: number, length: number, text: string): string {
    if (length > mofLimits.stringLength) this.fail(`a string of ${length} characters is too long`, at);
    const character = findNonXmlCharacter(text);
    if (character !== undefined) this.fail(`the string holds ${character}, which no XML message can carry`, at);
    return text;
  }

  /** Takes note of something that only Windows' compiler takes. */
  noteForeign(at: number, message: string): void {
    this.foreign.push({ at, message });
  }

  /** The text of the token ahead is not read: whether it is right shows after {@link reset}. */
  mark(): () => void {
    const mark = this.#lexer.mark();
    const { depth } = this;
    return () => {
      this.depth = depth;
      this.#lexer.reset(mark);
    };
  }

  /** Says what is wrong at the current token. A token that is none by itself has its own message. */
  fail(message: string, at = this.at): never {
    if (this.kind === 'error') throw new SyntaxFailure(this.at, this.text);
    throw new SyntaxFailure(at, at === this.at ? `${message}, not ${this.#describe()}` : message);
  }

  #describe(): string {
    switch (this.kind) {
      case 'identifier':
        return `'${this.text}'`;
      case 'alias':
        return `'$${this.text}'`;
      case 'integer':
      case 'real':
        return `${this.number}`;
      default:
        return describeTokenKind(this.kind);
    }
  }
}
