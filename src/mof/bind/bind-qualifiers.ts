import { plainType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import type {
  QualifierDeclaration,
  QualifierFlavor,
  QualifierTypeDeclaration,
} from '../../cim/schema/class-declaration.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { QualifierSyntax, QualifierTypeSyntax, ScalarSyntax, ValueSyntax } from '../syntax/syntax.js';
import { bindValue, describeSyntax, type ValueContext } from './bind-value.js';

/** DSP0004 §5.6.1.2: what holds for a qualifier whose declaration names no flavor. */
const defaultFlavor: QualifierFlavor = { overridable: true, toSubclass: true, translatable: false };

/** What binding of qualifiers needs to know of the compilation. */
export interface QualifierContext {
  readonly schema: Schema;
  report(at: number, message: string): void;
  /** True when declarations may be missing because of errors reported before. */
  readonly incomplete: boolean;
}

/** Gives written qualifiers the types they are declared with; those that are wrong are reported and left out. */
export function bindQualifiers(
  written: readonly QualifierSyntax[],
  context: QualifierContext,
): readonly QualifierDeclaration[] {
  if (written.length === 0) return [];
  const qualifiers: QualifierDeclaration[] = [];
  const seen = new NameMap<true>();
  for (const qualifier of written) {
    const { text, at } = qualifier.name;
    if (seen.has(text)) {
      context.report(at, `qualifier ${text} is given twice`);
      continue;
    }
    seen.set(text, true);
    const bound = bindQualifier(qualifier, context);
    if (bound) qualifiers.push(bound);
  }
  return qualifiers;
}

function bindQualifier(qualifier: QualifierSyntax, context: QualifierContext): QualifierDeclaration | undefined {
  const { text, at } = qualifier.name;
  const declared = context.schema.getQualifierType(text);
  if (!declared) {
    if (!context.incomplete) context.report(at, `qualifier ${text} is not declared`);
    return undefined;
  }
  const value = qualifier.value
    ? bindPlainValue(qualifier.value, declared.type, context.report, `qualifier ${text}`)
    : impliedValue(declared);
  return value === undefined ? undefined : { name: declared.name, value, flavor: qualifier.flavor };
}

/** DSP0004 §7.8: without a value, a boolean qualifier is true, an array empty, and any other NULL. */
function impliedValue({ type }: QualifierTypeDeclaration): CimValue {
  if (type.array) return [];
  return type.name === 'boolean' ? true : null;
}

/** Makes the declaration of a qualifier type; undefined when its default is wrong, which has been reported. */
export function bindQualifierType(
  syntax: QualifierTypeSyntax,
  report: QualifierContext['report'],
): QualifierTypeDeclaration | undefined {
  const type = plainType(syntax.type.name, syntax.array && { kind: 'Bag', size: syntax.array.size });
  const name = syntax.name.text;
  const value = syntax.defaultValue && bindPlainValue(syntax.defaultValue, type, report, `qualifier ${name}`);
  if (syntax.defaultValue && value === undefined) return undefined;
  const flavor = { ...defaultFlavor, ...syntax.flavor };
  return { name, type, defaultValue: value ?? null, scopes: syntax.scopes, flavor };
}

/** A value that is neither a reference nor an instance. */
function bindPlainValue(
  value: ValueSyntax,
  type: QualifierTypeDeclaration['type'],
  report: QualifierContext['report'],
  what: string,
): CimValue | undefined {
  const refuse = (scalar: ScalarSyntax) => {
    report(scalar.at, `${what}: ${describeSyntax(scalar)} is no value of a qualifier`);
    return undefined;
  };
  const context: ValueContext = {
    report: (at, message) => report(at, `${what}: ${message}`),
    bindReference: refuse,
    bindEmbedded: refuse,
  };
  return bindValue(value, type, context);
}
