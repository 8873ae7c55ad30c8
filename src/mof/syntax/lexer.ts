import { mofLimits } from '../mof-limits.js';
import { readNumber } from './read-number.js';
import { readChar, readString, type StringLiteral } from './read-string.js';
import type { TokenKind } from './token.js';
import { isXmlName } from './xml-characters.js';

const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
const PUNCTUATION = 4;

/** What each ASCII character begins; 0 for those that begin nothing by themselves. */
const classes = new Uint8Array(128);
for (const char of ' \t\n\r\f\v') classes[char.charCodeAt(0)] = SPACE;
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') classes[char.charCodeAt(0)] = LETTER;
for (const char of '0123456789') classes[char.charCodeAt(0)] = DIGIT;
for (const char of '{}()[];,:=#') classes[char.charCodeAt(0)] = PUNCTUATION;

const code = (char: string) => char.charCodeAt(0);
const [QUOTE, APOSTROPHE, SLASH, STAR, DOLLAR, PLUS, MINUS, DOT] = [`"`, `'`, '/', '*', '$', '+', '-', '.'].map(code);

/** A state of a {@link Lexer} to come back to. */
export interface LexerMark {
  readonly start: number;
}

/**
 * Cuts a MOF text into tokens, one at a time: the fields hold the current one. What is no token becomes one of kind
 * `error`, which whoever reads on reports, so that an error nobody gets to costs no message.
 */
export class Lexer {
  readonly source: string;
  kind: TokenKind = 'end';
  /** Offset of the token, or of the culprit in it for errors. */
  start = 0;
  /** Offset behind the token. */
  end = 0;
  /** The name, the alias without `$`, the value of a string or character; the message of an error. */
  text = '';
  /** The value of an integer or real. */
  number: number | bigint = 0;
  /** Where the first line break of a string is; undefined for strings of one line. */
  lineBreak: number | undefined;

  constructor(source: string) {
    this.source = source;
    this.end = source.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.next();
  }

  mark(): LexerMark {
    return { start: this.start };
  }

  reset(mark: LexerMark): void {
    this.end = mark.start;
    this.next();
  }

  /** Moves to the next token; stays at the end. */
  next(): void {
    const { source } = this;
    for (let at = this.end; at < source.length; at += 1) {
      const char = source.charCodeAt(at);
      const kind = char < 128 ? classes[char] : LETTER;
      if (kind === SPACE) continue;
      if (char === SLASH) {
        const end = this.#endOfComment(at);
        if (end === undefined) return;
        at = end - 1;
        continue;
      }
      this.#readToken(at, char, kind);
      return;
    }
    this.#set('end', source.length, source.length);
  }

  #readToken(at: number, char: number, kind: number | undefined): void {
    if (kind === LETTER) this.#readName('identifier', at, at);
    else if (kind === PUNCTUATION) this.#set(this.source[at] as TokenKind, at, at + 1);
    else if (char === QUOTE) this.#setLiteral('string', at, readString(this.source, at));
    else if (char === APOSTROPHE) this.#setLiteral('char', at, readChar(this.source, at));
    else if (kind === DIGIT || this.#startsNumber(at, char)) this.#readNumber(at);
    else if (char === DOLLAR && this.#isNamePart(at + 1, true)) this.#readName('alias', at, at + 1);
    else this.#setError(at, at + 1, `${describeChar(char)} does not belong here`);
  }

  #readName(kind: 'identifier' | 'alias', start: number, from: number): void {
    let end = from + 1;
    while (this.#isNamePart(end, false)) end += 1;
    if (end - from > mofLimits.nameLength) {
      this.#setError(start, end, `a name may have at most ${mofLimits.nameLength} characters`);
      return;
    }
    this.text = this.source.slice(from, end);
    if (isXmlName(this.text)) this.#set(kind, start, end);
    else this.#setError(start, end, `'${this.text}' has characters that do not belong in a name`);
  }

  #isNamePart(at: number, first: boolean): boolean {
    if (at >= this.source.length) return false;
    const char = this.source.charCodeAt(at);
    const kind = char < 128 ? classes[char] : LETTER;
    return kind === LETTER || (kind === DIGIT && !first);
  }

  #startsNumber(at: number, char: number): boolean {
    const next = this.source.charCodeAt(at + 1);
    if (char === DOT) return classes[next] === DIGIT;
    if (char !== PLUS && char !== MINUS) return false;
    return classes[next] === DIGIT || (next === DOT && classes[this.source.charCodeAt(at + 2)] === DIGIT);
  }

  /** Takes all that looks like a number or runs into one, so that `12ab` is one wrong number and not two tokens. */
  #readNumber(start: number): void {
    const { source } = this;
    let end = start + 1;
    let dotted = source.charCodeAt(start) === DOT;
    for (; end < source.length; end += 1) {
      const char = source.charCodeAt(end);
      if (char === DOT) dotted = true;
      else if (char === PLUS || char === MINUS) {
        if (!dotted || (source.charCodeAt(end - 1) | 0x20) !== 0x65) break;
      } else if (!this.#isNamePart(end, false)) break;
    }
    const literal = readNumber(source.slice(start, end));
    if (typeof literal === 'string') {
      this.#setError(start, end, literal);
      return;
    }
    this.number = literal.value;
    this.#set(literal.kind, start, end);
  }

  /** Where the comment at a slash ends; undefined, with an error token set, when it is none or is not closed. */
  #endOfComment(at: number): number | undefined {
    const next = this.source.charCodeAt(at + 1);
    if (next === SLASH) {
      let end = at + 2;
      while (end < this.source.length && !isLineEnd(this.source.charCodeAt(end))) end += 1;
      return end;
    }
    if (next !== STAR) {
      this.#setError(at, at + 1, "'/' does not belong here");
      return undefined;
    }
    const end = this.source.indexOf('*/', at + 2);
    if (end >= 0) return end + 2;
    this.#setError(at, this.source.length, 'the comment is not closed');
    return undefined;
  }

  #setLiteral(kind: 'string' | 'char', start: number, literal: StringLiteral): void {
    if ('problem' in literal) {
      this.#setError(literal.at, literal.end, literal.problem);
      return;
    }
    this.text = literal.value;
    this.lineBreak = literal.lineBreak;
    this.#set(kind, start, literal.end);
  }

  #setError(start: number, end: number, message: string): void {
    this.text = message;
    this.#set('error', start, end);
  }

  #set(kind: TokenKind, start: number, end: number): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
  }
}

function isLineEnd(char: number): boolean {
  return char === 0x0a || char === 0x0d;
}

function describeChar(char: number): string {
  if (char > 0x20 && char < 0x7f) return `'${String.fromCharCode(char)}'`;
  return `character U+${char.toString(16).toUpperCase().padStart(4, '0')}`;
}
