import { isIntegerType, plainType } from '../../cim/model/cim-type.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { NameMap } from '../../cim/model/name-map.js';
import type {
  QualifierDeclaration,
  QualifierFlavor,
  QualifierScope,
  QualifierTypeDeclaration,
} from '../../cim/schema/class-declaration.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { QualifierSyntax, QualifierTypeSyntax, ScalarSyntax, ValueSyntax } from '../syntax/syntax.js';
import type { WindowsNames } from '../windows/windows-names.js';
import { bindValue, describeSyntax, type ValueContext } from './bind-value.js';

/** DSP0004 §5.6.1.2: what holds for a qualifier whose declaration names no flavor. */
const defaultFlavor: QualifierFlavor = { overridable: true, toSubclass: true, translatable: false };

/** What binding of qualifiers needs to know of the compilation. */
export interface QualifierContext {
  readonly schema: Schema;
  report(at: number, message: string): void;
  /** True when declarations may be missing because of errors reported before. */
  readonly incomplete: boolean;
  /** What is there without a declaration; undefined in texts of DMTF's dialect. */
  readonly windows: WindowsNames | undefined;
}

/** Those that say what an element is. With a wrong value or in a wrong place they are errors in every dialect. */
const structural = new NameMap(
  'Abstract Aggregate Aggregation Association Composition EmbeddedInstance EmbeddedObject In Indication Key Out Override Static'
    .split(' ')
    .map((name) => [name, true]),
);

/**
 * Gives written qualifiers the types they are declared with; those that are wrong are reported and left out.
 *
 * @param scopes what the element is, for Windows' dialect: there qualifiers that only describe may stand anywhere
 */
export function bindQualifiers(
  written: readonly QualifierSyntax[],
  context: QualifierContext,
  scopes: readonly QualifierScope[],
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
    const bound = context.windows
      ? bindWindowsQualifier(qualifier, context, context.windows, scopes)
      : bindQualifier(qualifier, context);
    if (bound) qualifiers.push(bound);
  }
  return qualifiers;
}

/** Windows' compiler asks neither for declarations nor for scopes, and gives each use the type of its value. */
function bindWindowsQualifier(
  qualifier: QualifierSyntax,
  context: QualifierContext,
  windows: WindowsNames,
  scopes: readonly QualifierScope[],
): QualifierDeclaration | undefined {
  const { text, at } = qualifier.name;
  const declared = windows.typeOf(qualifier);
  const isStructural = structural.has(text);
  const leaveOut = (message: string) => windows.warn(at, `${message}, and is left out`);
  const fits =
    scopes.includes('any') || declared.scopes.has('any') || scopes.some((scope) => declared.scopes.has(scope));
  if (!fits && !isStructural) {
    leaveOut(`qualifier ${declared.name} does not apply to a ${scopes[0] ?? 'element'}`);
    return undefined;
  }
  const report = (place: number, message: string) => {
    if (isStructural) context.report(place, message);
    else leaveOut(message);
  };
  const value = qualifier.value
    ? bindPlainValue(adaptValue(qualifier.value, declared.type), declared.type, report, `qualifier ${text}`)
    : impliedValue(declared);
  return value === undefined ? undefined : { name: declared.name, value, flavor: qualifier.flavor };
}

/** The value in the form that the type asks for, where it says the same. */
function adaptValue(value: ValueSyntax, type: QualifierTypeDeclaration['type']): ValueSyntax {
  const { at } = value;
  if (type.array) {
    return value.kind === 'array' || value.kind === 'null' ? value : { kind: 'array', at, items: [value] };
  }
  const [only, second] = value.kind === 'array' ? value.items : [value];
  if (!only || second) return value;
  if (type.name === 'string' && (only.kind === 'integer' || only.kind === 'boolean')) {
    return { kind: 'string', at, text: String(only.value) };
  }
  if (type.name === 'boolean' && only.kind === 'string' && /^(true|false)$/i.test(only.text)) {
    return { kind: 'boolean', at, value: only.text.toLowerCase() === 'true' };
  }
  if (isIntegerType(type.name) && only.kind === 'string' && /^-?\d{1,15}$/.test(only.text)) {
    return { kind: 'integer', at, value: Number(only.text) };
  }
  return only;
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
