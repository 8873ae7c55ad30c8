import { parseAlias, parseBody, type ReportSyntax } from './parse-class.js';
import { parseQualifiers } from './parse-qualifiers.js';
import { parseValue } from './parse-value.js';
import type { AssignmentSyntax, InstanceSyntax, QualifierSyntax } from './syntax.js';
import type { TokenReader } from './token-reader.js';

const rethrow: ReportSyntax = (failure) => {
  throw failure;
};

/**
 * Reads `instance of Class as $Alias { p = v; … }`, with `;` behind it unless it is a value (`nesting` above 0). An
 * error in a value ends the declaration that the value is part of.
 */
export function parseInstance(
  reader: TokenReader,
  qualifiers: readonly QualifierSyntax[],
  nesting: number,
  report: ReportSyntax = rethrow,
): InstanceSyntax {
  const { at, source } = reader;
  reader.advance();
  if (!reader.acceptWord('of')) reader.fail("'of' is expected");
  const className = reader.expectName('the name of a class');
  const alias = parseAlias(reader);
  reader.expect('{', 'before the values of an instance');
  const assignments: AssignmentSyntax[] = [];
  const parseOne = () => {
    const assignment = parseAssignment(reader, nesting);
    if (assignment) assignments.push(assignment);
  };
  const what = `the instance of ${className.text}`;
  const broken = parseBody(reader, report, what, parseOne, nesting > 0 ? 'none' : 'required');
  return { kind: 'instance', at, source, className, alias, qualifiers, assignments, broken };
}

/** Reads `p = v;`; undefined for `p;`, which sets nothing. */
function parseAssignment(reader: TokenReader, nesting: number): AssignmentSyntax | undefined {
  const qualifiers = parseQualifiers(reader);
  const name = reader.expectName('the name of a property');
  if (reader.accept(';')) {
    reader.noteForeign(name.at, `'=' is expected after ${name.text}, not ';'`);
    return undefined;
  }
  reader.expect('=', `after ${name.text}`);
  const value = parseValue(reader, nesting);
  reader.expect(';', `after the value of ${name.text}`);
  return { name, value, qualifiers };
}
