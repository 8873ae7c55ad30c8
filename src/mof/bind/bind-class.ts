import { CimError } from '../../cim/model/cim-error.js';
import { type CimType, plainType } from '../../cim/model/cim-type.js';
import { NameMap, sameName } from '../../cim/model/name-map.js';
import { parseInstancePath } from '../../cim/model/parse-instance-path.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierScope,
} from '../../cim/schema/class-declaration.js';
import type {
  ClassSyntax,
  ElementSyntax,
  MethodSyntax,
  NameSyntax,
  ParameterSyntax,
  PropertySyntax,
  ScalarSyntax,
} from '../syntax/syntax.js';
import { bindQualifiers, type QualifierContext } from './bind-qualifiers.js';
import { bindValue, describeSyntax, type ValueContext } from './bind-value.js';

const EMBEDDING = /^embedded(instance|object)$/i;

/** What binding of classes needs to know of the compilation. */
export interface ClassContext extends QualifierContext {
  /** Told of each class that must exist when the compilation ends. */
  requireClass(name: NameSyntax): void;
}

/** Makes the declaration of a class; members that are wrong are reported and left out. */
export function bindClass(syntax: ClassSyntax, context: ClassContext): ClassDeclaration {
  const properties: PropertyDeclaration[] = [];
  const methods: MethodDeclaration[] = [];
  const seen = { property: new NameMap<true>(), method: new NameMap<true>() };
  for (const member of syntax.members) {
    const { text, at } = member.name;
    if (seen[member.kind].has(text)) {
      context.report(at, `${member.kind} ${text} is declared twice`);
      continue;
    }
    seen[member.kind].set(text, true);
    if (member.kind === 'property') properties.push(bindProperty(member, context));
    else methods.push(bindMethod(member, context));
  }
  return {
    name: syntax.name.text,
    superclassName: syntax.superclass?.text,
    qualifiers: bindQualifiers(syntax.qualifiers, context, ['class', 'association', 'indication']),
    properties,
    methods,
  };
}

function bindProperty(syntax: PropertySyntax, context: ClassContext): PropertyDeclaration {
  const element = bindElement(
    syntax,
    context,
    syntax.type.name === 'reference' ? ['reference', 'property'] : ['property'],
  );
  return { ...element, defaultValue: bindDefault(syntax, element, context) };
}

function bindMethod(syntax: MethodSyntax, context: ClassContext): MethodDeclaration {
  const { name, type: returnType, qualifiers } = bindElement(syntax, context, ['method']);
  const parameters: ParameterDeclaration[] = [];
  const seen = new NameMap<true>();
  for (const parameter of syntax.parameters) {
    const { text, at } = parameter.name;
    if (seen.has(text)) context.report(at, `parameter ${text} is declared twice`);
    else parameters.push(bindParameter(parameter, context));
    seen.set(text, true);
  }
  return { name, returnType, parameters, qualifiers };
}

function bindParameter(syntax: ParameterSyntax, context: ClassContext): ParameterDeclaration {
  const element = bindElement(syntax, context, ['parameter']);
  const defaultValue = bindDefault(syntax, element, context);
  return defaultValue === undefined ? element : { ...element, defaultValue };
}

function bindElement(
  syntax: ElementSyntax,
  context: ClassContext,
  scopes: readonly QualifierScope[],
): ParameterDeclaration {
  const written = bindQualifiers(syntax.qualifiers, context, scopes);
  const qualifiers = [...written, ...embeddingQualifier(syntax, written, context)];
  const { referenceClass } = syntax.type;
  if (referenceClass) context.requireClass(referenceClass);
  const embedded = embeddedClass(qualifiers);
  if (embedded !== undefined) {
    const named = syntax.qualifiers.find((qualifier) => sameName(qualifier.name.text, 'EmbeddedInstance'));
    context.requireClass({ text: embedded, at: named?.value?.at ?? syntax.type.at });
  }
  return { name: syntax.name.text, type: bindType(syntax), qualifiers };
}

/** The qualifier that says what WMI's types `object`, `object:Class` and `Class` say. */
function embeddingQualifier(
  { type: { embedded } }: ElementSyntax,
  written: readonly QualifierDeclaration[],
  { windows }: ClassContext,
): readonly QualifierDeclaration[] {
  if (embedded === undefined || !windows || written.some(({ name }) => EMBEDDING.test(name))) return [];
  const declared = windows.findQualifierType(embedded === 'any' ? 'EmbeddedObject' : 'EmbeddedInstance');
  return declared ? [{ name: declared.name, value: embedded === 'any' ? true : embedded.text, flavor: {} }] : [];
}

function bindType({ type, array }: ElementSyntax): CimType {
  const plain = plainType(type.name, array && { kind: 'Bag', size: array.size });
  return type.referenceClass ? { ...plain, referenceClass: type.referenceClass.text } : plain;
}

function embeddedClass(qualifiers: readonly QualifierDeclaration[]): string | undefined {
  const value = qualifiers.find(({ name }) => sameName(name, 'EmbeddedInstance'))?.value;
  return typeof value === 'string' ? value : undefined;
}

function bindDefault(
  syntax: PropertySyntax | ParameterSyntax,
  element: ParameterDeclaration,
  context: ClassContext,
): PropertyDeclaration['defaultValue'] {
  if (!syntax.defaultValue) return undefined;
  const what = `default of ${element.name}`;
  const isEmbedded = element.qualifiers.some(({ name }) => EMBEDDING.test(name));
  if (isEmbedded && syntax.defaultValue.kind !== 'null') {
    context.report(syntax.defaultValue.at, `${what}: an embedded instance cannot be a default`);
    return undefined;
  }
  const report = (at: number, message: string) => context.report(at, `${what}: ${message}`);
  return bindValue(syntax.defaultValue, element.type, {
    report,
    bindReference: (value) => bindDefaultReference(value, report),
    bindEmbedded: () => undefined,
  });
}

/** The class of the path may come later, so only its form is checked. */
function bindDefaultReference(value: ScalarSyntax, report: ValueContext['report']) {
  if (value.kind !== 'string') {
    report(value.at, `${describeSyntax(value)} where an object path is wanted`);
    return undefined;
  }
  try {
    return parseInstancePath(value.text);
  } catch (error) {
    if (!(error instanceof CimError)) throw error;
    report(value.at, error.message);
    return undefined;
  }
}
