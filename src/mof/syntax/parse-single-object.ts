import type { SourceText } from '../mof-source.js';
import { parseClass } from './parse-class.js';
import { parseInstance } from './parse-instance.js';
import { parseQualifiers } from './parse-qualifiers.js';
import type { ClassSyntax, InstanceSyntax } from './syntax.js';
import { type SyntaxFailure, TokenReader } from './token-reader.js';

/**
 * Reads a text that is one instance and nothing else.
 *
 * @throws SyntaxFailure at the first error
 */
export function parseSingleInstance(source: SourceText): InstanceSyntax {
  const reader = new TokenReader(source);
  const qualifiers = parseQualifiers(reader);
  if (!reader.isWord('instance')) reader.fail("'instance of' is expected");
  return endOf(reader, parseInstance(reader, qualifiers, 0), false);
}

/**
 * Reads a text that is one instance or one class and nothing else, as an embedded object may be.
 *
 * @param isWindows whether what only Windows' compiler takes is taken
 * @throws SyntaxFailure at the first error
 */
export function parseSingleObject(source: SourceText, isWindows: boolean): InstanceSyntax | ClassSyntax {
  const reader = new TokenReader(source);
  const qualifiers = parseQualifiers(reader);
  if (reader.isWord('instance')) return endOf(reader, parseInstance(reader, qualifiers, 0), isWindows);
  if (!reader.isWord('class')) reader.fail("'instance of' or 'class' is expected");
  return endOf(reader, parseClass(reader, qualifiers, rethrow), isWindows);
}

function endOf<T extends { readonly kind: string }>(reader: TokenReader, object: T, isWindows: boolean): T {
  if (reader.kind !== 'end') reader.fail(`nothing is expected behind the ${object.kind}`);
  const [foreign] = reader.foreign;
  if (foreign && !isWindows) reader.fail(foreign.message, foreign.at);
  return object;
}

function rethrow(failure: SyntaxFailure): never {
  throw failure;
}
