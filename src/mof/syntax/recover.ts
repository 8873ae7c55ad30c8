import { findMof3Declaration } from './mof3.js';
import { parseQualifiers } from './parse-qualifiers.js';
import { SyntaxFailure, type TokenReader } from './token-reader.js';

/** Where reading can go on after an error: at the next member, at the brace that closes, or at the next declaration. */
export type Recovery = 'member' | 'close' | 'declaration';

/**
 * True at a token that begins a declaration and nothing that may stand in a class or an instance. Keywords are names of
 * properties as well (`Class = 1;`), so they count only before another name.
 */
export function startsDeclaration(reader: TokenReader): boolean {
  if (reader.kind === '#') return true;
  if (findMof3Declaration(reader) !== undefined) return true;
  if (!reader.isWord('class') && !reader.isWord('instance') && !reader.isWord('qualifier')) return false;
  const back = reader.mark();
  reader.advance();
  const found = reader.kind === 'identifier';
  back();
  return found;
}

/**
 * Skips what is left of a member. A declaration that begins behind a `;` ends the search whatever the braces say: after
 * a forgotten `}` they are wrong.
 *
 * @param depth the number of open braces around the member
 */
export function skipMember(reader: TokenReader, depth: number): Recovery {
  while (reader.kind !== 'end') {
    if (reader.kind === '}' && reader.depth <= depth) return 'close';
    if (reader.accept(';')) {
      if (startsDeclaration(reader)) return 'declaration';
      if (reader.depth <= depth) return 'member';
    } else {
      reader.advance();
    }
  }
  return 'declaration';
}

/** Skips what is left of a declaration, and everything behind it that does not begin one. */
export function skipDeclaration(reader: TokenReader): void {
  while (reader.kind !== 'end') {
    const behindSemicolon = reader.accept(';');
    if (behindSemicolon && isAtDeclaration(reader)) break;
    if (!behindSemicolon) reader.advance();
  }
  reader.depth = 0;
}

/**
 * True at a declaration, with or without qualifiers. Members begin with qualifiers as well: what follows these tells.
 * When there are qualifiers and no declaration, the reader may have moved into them.
 */
export function isAtDeclaration(reader: TokenReader): boolean {
  if (startsDeclaration(reader)) return true;
  if (reader.kind !== '[') return false;
  const back = reader.mark();
  try {
    parseQualifiers(reader);
    const found = startsDeclaration(reader);
    back();
    return found;
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    // Going on from here keeps the way linear; the qualifiers belong to what is being skipped.
    return false;
  }
}
