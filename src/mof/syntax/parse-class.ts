import { failAtMof3 } from './mof3.js';
import { parseQualifiers } from './parse-qualifiers.js';
import { parseArray, parseType } from './parse-type.js';
import { parseValue } from './parse-value.js';
import { isAtDeclaration, skipDeclaration, skipMember, startsDeclaration } from './recover.js';
import type {
  ClassSyntax,
  MethodSyntax,
  NameSyntax,
  ParameterSyntax,
  PropertySyntax,
  QualifierSyntax,
} from './syntax.js';
import { SyntaxFailure, type TokenReader } from './token-reader.js';

/** Told of errors after which reading goes on. */
export type ReportSyntax = (failure: SyntaxFailure) => void;

/** Reads `class Name as $Alias : Superclass {…};`; `qualifiers` are those in front of it. */
export function parseClass(
  reader: TokenReader,
  qualifiers: readonly QualifierSyntax[],
  report: ReportSyntax,
): ClassSyntax {
  reader.advance();
  const name = reader.expectName('the name of a class');
  const alias = parseAlias(reader);
  const superclass = reader.accept(':') ? reader.expectName('the name of the superclass') : undefined;
  reader.expect('{', 'before the members of a class');
  const members: (PropertySyntax | MethodSyntax)[] = [];
  const broken = parseBody(reader, report, `class ${name.text}`, () => members.push(parseMember(reader)));
  return { kind: 'class', name, alias, superclass, qualifiers, members, broken };
}

/** Reads `as $Alias`, or nothing. */
export function parseAlias(reader: TokenReader): NameSyntax | undefined {
  if (!reader.acceptWord('as')) return undefined;
  if (reader.kind !== 'alias') reader.fail('an alias ($Name) is expected');
  const alias = { text: reader.text, at: reader.at };
  reader.advance();
  return alias;
}

/**
 * Reads members up to `};`. Errors in members are reported, and the next member is tried.
 *
 * @returns true when there were errors
 */
export function parseBody(
  reader: TokenReader,
  report: ReportSyntax,
  what: string,
  parseOne: () => void,
  terminator: 'required' | 'none' = 'required',
): boolean {
  const ending = parseMembers(reader, report, what, parseOne);
  if (ending === 'lost') return true;
  reader.advance();
  if (terminator === 'required' && !acceptTerminator(reader, report, what)) return true;
  return ending === 'broken';
}

/**
 * Reads members up to the closing brace.
 *
 * @returns `lost` when no brace was found before the next declaration
 */
function parseMembers(
  reader: TokenReader,
  report: ReportSyntax,
  what: string,
  parseOne: () => void,
): 'whole' | 'broken' | 'lost' {
  const { depth } = reader;
  let ending: 'whole' | 'broken' = 'whole';
  while (reader.kind !== '}') {
    try {
      failAtMof3(reader);
      if (startsDeclaration(reader) || reader.kind === 'end') reader.fail(`'}' is expected at the end of ${what}`);
      parseOne();
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      report(error);
      ending = 'broken';
      if (startsDeclaration(reader) || skipMember(reader, depth) === 'declaration') {
        reader.depth = 0;
        return 'lost';
      }
    }
  }
  return ending;
}

/** Reads the semicolon behind the brace; without one, what follows is skipped up to the next declaration. */
function acceptTerminator(reader: TokenReader, report: ReportSyntax, what: string): boolean {
  if (reader.accept(';')) return true;
  try {
    return reader.fail(`';' is expected at the end of ${what}`);
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    report(error);
    // Behind a brace too many stand the members that are left.
    if (!isAtDeclaration(reader)) skipDeclaration(reader);
    return false;
  }
}

function parseMember(reader: TokenReader): PropertySyntax | MethodSyntax {
  const qualifiers = parseQualifiers(reader);
  const type = parseType(reader);
  const name = reader.expectName('a name');
  if (reader.accept('(')) {
    const parameters = parseParameters(reader);
    reader.expect(';', 'after a method');
    return { kind: 'method', name, type, array: undefined, qualifiers, parameters };
  }
  if (type.isVoid) reader.fail('void is for methods only', type.at);
  const array = parseArray(reader);
  const defaultValue = reader.accept('=') ? parseValue(reader) : undefined;
  reader.expect(';', 'after a property');
  return { kind: 'property', name, type, array, qualifiers, defaultValue };
}

function parseParameters(reader: TokenReader): readonly ParameterSyntax[] {
  const parameters: ParameterSyntax[] = [];
  if (reader.accept(')')) return parameters;
  do parameters.push(parseParameter(reader));
  while (reader.accept(','));
  reader.expect(')', 'after the parameters');
  return parameters;
}

function parseParameter(reader: TokenReader): ParameterSyntax {
  const qualifiers = parseQualifiers(reader);
  const type = parseType(reader);
  if (type.isVoid) reader.fail('void is for methods only', type.at);
  const name = reader.expectName('the name of a parameter');
  const array = parseArray(reader);
  const { at } = reader;
  if (!reader.accept('=')) return { name, type, array, qualifiers, defaultValue: undefined };
  reader.noteForeign(at, `parameter ${name.text} has a default, which is for properties`);
  return { name, type, array, qualifiers, defaultValue: parseValue(reader) };
}
