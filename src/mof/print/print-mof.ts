import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimType } from '../../cim/model/cim-type.js';
import type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
  QualifierTypeDeclaration,
} from '../../cim/schema/class-declaration.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { MofNamespace } from '../mof-compilation.js';
import { printString, printValue } from './print-value.js';

/** A whole namespace as a MOF text that compiles to it: pragma, qualifier types, classes, instances. */
export function printNamespace({ name, schema, instances }: MofNamespace): string {
  return [
    `#pragma namespace(${printString(name)})\n`,
    ...[...schema.qualifierTypes].map(printQualifierType),
    ...[...schema.declarations].map((declaration) => printClass(declaration, schema)),
    ...instances.map((instance) => printInstance(instance, schema)),
  ].join('\n');
}

/** `Qualifier Name : type = default, Scope(…), Flavor(…);` */
export function printQualifierType({ name, type, defaultValue, scopes, flavor }: QualifierTypeDeclaration): string {
  const value = defaultValue === null ? '' : ` = ${printValue(defaultValue, type.name, refuseEmbedded)}`;
  const flavors = flavorWords(flavor).join(', ');
  const shape = type.array ? `[${type.array.size ?? ''}]` : '';
  return `Qualifier ${name} : ${type.name}${shape}${value}, Scope(${[...scopes].join(', ')}), Flavor(${flavors});\n`;
}

/**
 * A class as it was declared, without what it inherits.
 *
 * @param schema knows the types of the qualifiers
 */
export function printClass(declaration: ClassDeclaration, schema: Schema): string {
  const { name, superclassName, qualifiers, properties, methods } = declaration;
  const superclass = superclassName === undefined ? '' : ` : ${superclassName}`;
  const members = [
    ...properties.map((property) => printProperty(property, schema)),
    ...methods.map((method) => printMethod(method, schema)),
  ];
  return `${printQualifiers(qualifiers, schema, '', '\n')}class ${name}${superclass}\n{\n${members.join('')}};\n`;
}

/**
 * An instance with the values it has. Paths of references are written out, and the instance's own path is not.
 *
 * @param schema knows the types of the properties
 * @throws RangeError for values that MOF cannot say
 */
export function printInstance(instance: CimInstance, schema: Schema): string {
  const { className, properties } = instance;
  const types = schema.findClass(className)?.properties;
  const lines = [...properties].map(([name, value]) => {
    const type = types?.get(name)?.type.name ?? 'string';
    return `  ${name} = ${printValue(value, type, (embedded) => printInstance(embedded, schema))};\n`;
  });
  return `instance of ${className}\n{\n${lines.join('')}};\n`;
}

function printProperty({ name, type, defaultValue, qualifiers }: PropertyDeclaration, schema: Schema): string {
  const value = defaultValue === undefined ? '' : ` = ${printValue(defaultValue, type.name, refuseEmbedded)}`;
  return `${printQualifiers(qualifiers, schema, '  ', '\n')}  ${printTyped(name, type)}${value};\n`;
}

function printMethod({ name, returnType, parameters, qualifiers }: MethodDeclaration, schema: Schema): string {
  const list = parameters.map((parameter) => printParameter(parameter, schema)).join(',\n');
  const inside = list === '' ? '' : `\n${list}\n  `;
  return `${printQualifiers(qualifiers, schema, '  ', '\n')}  ${printTyped(name, returnType)}(${inside});\n`;
}

function printParameter({ name, type, qualifiers, defaultValue }: ParameterDeclaration, schema: Schema): string {
  const value = defaultValue === undefined ? '' : ` = ${printValue(defaultValue, type.name, refuseEmbedded)}`;
  return `${printQualifiers(qualifiers, schema, '    ', ' ') || '    '}${printTyped(name, type)}${value}`;
}

/** `uint8 Name[4]`, `CIM_System REF Name`. */
function printTyped(name: string, { name: typeName, referenceClass, array }: CimType): string {
  const base = typeName === 'reference' ? `${referenceClass ?? ''} REF` : typeName;
  return `${base} ${name}${array ? `[${array.size ?? ''}]` : ''}`;
}

function printQualifiers(
  qualifiers: readonly QualifierDeclaration[],
  schema: Schema,
  indent: string,
  end: string,
): string {
  if (qualifiers.length === 0) return '';
  return `${indent}[${qualifiers.map((qualifier) => printQualifier(qualifier, schema)).join(', ')}]${end}`;
}

function printQualifier({ name, value, flavor }: QualifierDeclaration, schema: Schema): string {
  const words = flavorWords(flavor);
  const flavors = words.length === 0 ? '' : `: ${words.join(' ')}`;
  if (value === true) return `${name}${flavors}`;
  const text = printValue(value, schema.getQualifierType(name)?.type.name ?? 'string', refuseEmbedded);
  return `${name}${Array.isArray(value) ? text : `(${text})`}${flavors}`;
}

/** There is no word for what is not translatable. */
function flavorWords({ overridable, toSubclass, translatable }: Partial<QualifierFlavor>): readonly string[] {
  const words: string[] = [];
  if (overridable !== undefined) words.push(overridable ? 'EnableOverride' : 'DisableOverride');
  if (toSubclass !== undefined) words.push(toSubclass ? 'ToSubclass' : 'Restricted');
  if (translatable) words.push('Translatable');
  return words;
}

function refuseEmbedded(): never {
  throw new RangeError('an instance is no value of a qualifier and no default');
}
