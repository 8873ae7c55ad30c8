import { SyntaxFailure, type TokenReader } from './token-reader.js';

/**
 * The keyword of a declaration or value of MOF 3 (DSP0221) that stands at the token; undefined when there is none. The
 * words are names as well (`Value = 1;`, a property of class `Structure`), so what follows must fit.
 */
export function findMof3Declaration(reader: TokenReader): string | undefined {
  if (reader.isWord('value')) return startsValueOf(reader) ? 'value of' : undefined;
  const word = reader.isWord('structure') ? 'structure' : reader.isWord('enumeration') ? 'enumeration' : undefined;
  return word !== undefined && startsTypeDeclaration(reader) ? word : undefined;
}

/** @throws SyntaxFailure that names what stands there, when it is of MOF 3 */
export function failAtMof3(reader: TokenReader): void {
  const found = findMof3Declaration(reader);
  if (found === undefined) return;
  throw new SyntaxFailure(reader.at, `'${found}' is of MOF 3 (DSP0221), which is not supported: MOF 2 is (DSP0004)`);
}

function startsValueOf(reader: TokenReader): boolean {
  const back = reader.mark();
  reader.advance();
  const found = reader.acceptWord('of') && reader.kind === 'identifier';
  back();
  return found;
}

function startsTypeDeclaration(reader: TokenReader): boolean {
  const back = reader.mark();
  reader.advance();
  const found = reader.accept('identifier') && (reader.kind === ':' || reader.kind === '{');
  back();
  return found;
}
