import { mofLimits } from '../mof-limits.js';
import { failAtMof3 } from './mof3.js';
import { parseInstance } from './parse-instance.js';
import type { ScalarSyntax, ValueSyntax } from './syntax.js';
import { SyntaxFailure, type TokenReader } from './token-reader.js';
import { findNonXmlCharacter } from './xml-characters.js';

/** Reads a value: a literal, `$Alias`, `instance of …`, or `{…}` with any number of these. */
export function parseValue(reader: TokenReader, nesting = 0): ValueSyntax {
  if (reader.kind !== '{') return parseScalar(reader, nesting);
  return parseArrayValue(reader, nesting);
}

/** Reads `{…}`. */
export function parseArrayValue(reader: TokenReader, nesting = 0): ValueSyntax {
  const { at } = reader;
  reader.expect('{', 'before the elements of an array');
  const items: ScalarSyntax[] = [];
  if (reader.accept('}')) return { kind: 'array', at, items };
  do {
    if (reader.kind === '{') reader.fail('an array cannot hold an array: a single value is expected');
    items.push(parseScalar(reader, nesting));
  } while (reader.accept(','));
  reader.expect('}', 'after the elements of an array');
  return { kind: 'array', at, items };
}

/** Reads one value that is no array. */
export function parseScalar(reader: TokenReader, nesting = 0): ScalarSyntax {
  const { at, kind } = reader;
  switch (kind) {
    case 'string':
      return { kind: 'string', ...reader.expectString('a string') };
    case 'char':
    case 'alias':
      return parseText(reader, kind);
    case 'integer': {
      const value = reader.number;
      reader.advance();
      return { kind: 'integer', at, value };
    }
    case 'real': {
      const value = Number(reader.number);
      reader.advance();
      return { kind: 'real', at, value };
    }
    case 'identifier':
      return parseWord(reader, nesting);
    default:
      return reader.fail('a value is expected');
  }
}

function parseText(reader: TokenReader, kind: 'char' | 'alias'): ScalarSyntax {
  const { at, text } = reader;
  if (kind === 'alias') reader.usedAliases.add(text.toLowerCase());
  const character = kind === 'char' ? findNonXmlCharacter(text) : undefined;
  if (character !== undefined) reader.fail(`${character} is a character that no XML message can carry`, at);
  reader.advance();
  return { kind, at, text };
}

function parseWord(reader: TokenReader, nesting: number): ScalarSyntax {
  const { at } = reader;
  if (reader.acceptWord('true')) return { kind: 'boolean', at, value: true };
  if (reader.acceptWord('false')) return { kind: 'boolean', at, value: false };
  if (reader.acceptWord('null')) return { kind: 'null', at };
  failAtMof3(reader);
  if (!reader.isWord('instance')) return reader.fail('a value is expected');
  if (nesting >= mofLimits.nesting) {
    throw new SyntaxFailure(at, `instances nest deeper than ${mofLimits.nesting} levels`);
  }
  return { kind: 'instance', at, instance: parseInstance(reader, [], nesting + 1) };
}
