import type { QualifierFlavor, QualifierScope } from '../../cim/schema/class-declaration.js';
import { parseArray, parseType } from './parse-type.js';
import { parseArrayValue, parseScalar, parseValue } from './parse-value.js';
import type {
  NameSyntax,
  QualifierFlavorSyntax,
  QualifierSyntax,
  QualifierTypeSyntax,
  ScalarSyntax,
  ValueSyntax,
} from './syntax.js';
import type { TokenReader } from './token-reader.js';

type FlavorSyntax = QualifierSyntax['flavor'];

const noFlavor: FlavorSyntax = {};

const flavors: ReadonlyMap<string, FlavorSyntax> = new Map<string, FlavorSyntax>([
  ['enableoverride', { overridable: true }],
  ['disableoverride', { overridable: false }],
  ['tosubclass', { toSubclass: true }],
  ['restricted', { toSubclass: false }],
  ['translatable', { translatable: true }],
  // WMI's own: whether instances carry the qualifier, and where localised text is kept. Neither means anything here.
  ['toinstance', {}],
  ['nottoinstance', {}],
  ['amended', {}],
  ['nottosubclass', { toSubclass: false }],
]);

/** Flavors that DSP0004 does not have. */
const foreignFlavors: ReadonlySet<string> = new Set(['toinstance', 'nottoinstance', 'amended', 'nottosubclass']);

const scopes: ReadonlySet<string> = new Set<QualifierScope>([
  'class',
  'association',
  'indication',
  'qualifier',
  'property',
  'reference',
  'method',
  'parameter',
  'any',
]);

/** Reads `[Key, Values{"a"}: Translatable]`, or nothing when there is no `[`. */
export function parseQualifiers(reader: TokenReader): readonly QualifierSyntax[] {
  if (!reader.accept('[')) return [];
  const qualifiers: QualifierSyntax[] = [];
  do qualifiers.push(parseQualifier(reader));
  while (reader.accept(','));
  reader.expect(']', 'after the qualifiers');
  return qualifiers;
}

function parseQualifier(reader: TokenReader): QualifierSyntax {
  const name = reader.expectName('a qualifier');
  const value = parseQualifierValue(reader);
  return { name, value, flavor: reader.accept(':') ? parseFlavors(reader) : noFlavor };
}

function parseQualifierValue(reader: TokenReader): ValueSyntax | undefined {
  if (reader.kind === '{') return parseArrayValue(reader);
  if (!reader.accept('(')) return undefined;
  const value: ScalarSyntax = parseScalar(reader);
  reader.expect(')', 'after the value of a qualifier');
  return value;
}

/** Flavors at a use stand side by side. */
function parseFlavors(reader: TokenReader): FlavorSyntax {
  let flavor = parseFlavor(reader, noFlavor);
  while (reader.kind === 'identifier') flavor = parseFlavor(reader, flavor);
  return flavor;
}

function parseFlavor(reader: TokenReader, before: FlavorSyntax): FlavorSyntax {
  const name = reader.expectName('a flavor');
  const flavor = flavors.get(name.text.toLowerCase());
  if (!flavor) reader.fail(`'${name.text}' is not a flavor`, name.at);
  for (const key of Object.keys(flavor) as (keyof QualifierFlavor)[]) {
    if (before[key] !== undefined && before[key] !== flavor[key]) {
      reader.fail(`flavor ${name.text} contradicts an earlier one`, name.at);
    }
  }
  if (foreignFlavors.has(name.text.toLowerCase())) reader.isOfWindows = true;
  return { ...before, ...flavor };
}

/** Reads `Qualifier Name : type = default, Scope(…), Flavor(…);`, or WMI's `Qualifier Name : ToInstance;` */
export function parseQualifierType(reader: TokenReader): QualifierTypeSyntax | QualifierFlavorSyntax {
  reader.advance();
  const name = reader.expectName('the name of a qualifier');
  reader.expect(':', 'after the name of a qualifier');
  if (reader.kind === 'identifier' && flavors.has(reader.text.toLowerCase())) return parseFlavorOnly(reader, name);
  const type = parseType(reader);
  if (type.name === 'reference') reader.fail('a qualifier cannot be a reference', type.at);
  const array = parseArray(reader);
  const defaultValue = reader.accept('=') ? parseValue(reader) : undefined;
  reader.expect(',', 'before the scope of a qualifier');
  if (!reader.acceptWord('scope')) reader.fail('Scope(…) is expected');
  const scopesOfName = parseScopes(reader);
  let flavor = noFlavor;
  if (reader.accept(',')) {
    if (!reader.acceptWord('flavor')) reader.fail('Flavor(…) is expected');
    flavor = parseFlavorList(reader);
  }
  reader.expect(';', 'after a qualifier declaration');
  return { kind: 'qualifier', name, type, array, defaultValue, scopes: scopesOfName, flavor };
}

function parseFlavorOnly(reader: TokenReader, name: NameSyntax): QualifierFlavorSyntax {
  reader.noteForeign(reader.at, `the type of qualifier ${name.text} is expected, not a flavor`);
  let flavor = parseFlavors(reader);
  while (reader.accept(',')) flavor = { ...flavor, ...parseFlavors(reader) };
  reader.expect(';', 'after a qualifier declaration');
  return { kind: 'qualifierFlavor', name, flavor };
}

function parseScopes(reader: TokenReader): ReadonlySet<QualifierScope> {
  const found = new Set<QualifierScope>();
  reader.expect('(', 'after Scope');
  do {
    const name = reader.expectName('a scope');
    const scope = name.text.toLowerCase();
    if (!scopes.has(scope)) reader.fail(`'${name.text}' is not a scope`, name.at);
    found.add(scope as QualifierScope);
  } while (reader.accept(','));
  reader.expect(')', 'after the scopes');
  return found;
}

function parseFlavorList(reader: TokenReader): FlavorSyntax {
  reader.expect('(', 'after Flavor');
  let flavor = noFlavor;
  do flavor = parseFlavor(reader, flavor);
  while (reader.accept(','));
  reader.expect(')', 'after the flavors');
  return flavor;
}
