import type { SourceText } from '../mof-source.js';
import { parseInstance } from './parse-instance.js';
import { parseQualifiers } from './parse-qualifiers.js';
import type { InstanceSyntax } from './syntax.js';
import { TokenReader } from './token-reader.js';

/**
 * Reads a text that is one instance and nothing else.
 *
 * @throws SyntaxFailure at the first error
 */
export function parseSingleInstance(source: SourceText): InstanceSyntax {
  const reader = new TokenReader(source);
  const qualifiers = parseQualifiers(reader);
  if (!reader.isWord('instance')) reader.fail("'instance of' is expected");
  const instance = parseInstance(reader, qualifiers, 0);
  if (reader.kind !== 'end') reader.fail('nothing is expected behind the instance');
  return instance;
}
