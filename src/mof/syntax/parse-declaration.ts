import { failAtMof3 } from './mof3.js';
import { parseClass, type ReportSyntax } from './parse-class.js';
import { parseInstance } from './parse-instance.js';
import { parseQualifiers, parseQualifierType } from './parse-qualifiers.js';
import type { DeclarationSyntax, NameSyntax, PragmaSyntax } from './syntax.js';
import type { TokenReader } from './token-reader.js';

/**
 * Reads one declaration of a MOF text (DSP0004 Annex A, mofProduction).
 *
 * @param report told of errors within the declaration after which reading went on
 * @throws SyntaxFailure when it cannot be told what the declaration is
 */
export function parseDeclaration(reader: TokenReader, report: ReportSyntax): DeclarationSyntax {
  if (reader.kind === '#') return parsePragma(reader);
  if (reader.isWord('qualifier')) return parseQualifierType(reader);
  const qualifiers = parseQualifiers(reader);
  if (reader.isWord('class')) return parseClass(reader, qualifiers, report);
  if (reader.isWord('instance')) return parseInstance(reader, qualifiers, 0, report);
  failAtMof3(reader);
  return reader.fail(
    qualifiers.length > 0
      ? 'a class or an instance is expected'
      : 'a class, an instance, a qualifier or a pragma is expected',
  );
}

const PREPROCESSOR = ['define', 'undef', 'ifdef', 'ifndef', 'if', 'else', 'elif', 'endif'] as const;

/** Reads `#pragma name("argument", …)`; WMI has pragmas without arguments as well. */
function parsePragma(reader: TokenReader): PragmaSyntax {
  reader.advance();
  if (PREPROCESSOR.some((word) => reader.isWord(word)))
    reader.fail("only 'pragma' is understood (there is no preprocessor)");
  if (!reader.acceptWord('pragma')) reader.fail("'pragma' is expected");
  const name = reader.expectName('the name of a pragma');
  const options: string[] = [];
  if (!reader.accept('(')) return { kind: 'pragma', name, argument: undefined, options };
  const argument: NameSyntax | undefined = reader.kind === 'string' ? reader.expectString('a string') : undefined;
  while (reader.kind !== ')') {
    if (reader.kind === 'end' || reader.kind === ';' || reader.kind === 'error') reader.expect(')', 'after a pragma');
    if (reader.kind === 'identifier' || reader.kind === 'string') options.push(reader.text.toLowerCase());
    reader.advance();
  }
  reader.advance();
  return { kind: 'pragma', name, argument, options };
}
