import { booleanQualifier, type CimClass, type CimMethod, type CimProperty } from '../cim/model/cim-class.js';
import type { CimType } from '../cim/model/cim-type.js';
import { typescriptType } from './typescript-type.js';

/** Nothing may be in it: `{}` would take anything. */
const EMPTY = 'Record<never, never>';

/**
 * The interface of a class, as `ClassTypes` has it: its properties, and its methods with what they take and give back. What it
 * inherits is among them.
 */
export function printClassTypes(cimClass: CimClass): string {
  const properties = [...cimClass.properties.values()].map(printProperty);
  const methods = [...cimClass.methods.values()].map(printMethod);
  return `export interface ${cimClass.name} {\n${printBlock('properties', properties, '  ')}${printBlock('methods', methods, '  ')}}\n`;
}

/** DSP0004 §5.6.3.22 and §5.6.3.43: a key is never NULL, nor is what is Required. */
function printProperty(property: CimProperty): string {
  const isNullable = !property.isKey && !booleanQualifier(property, 'Required');
  return printMember(property.name, isNullable ? nullable(property.type) : typescriptType(property.type), '    ');
}

/**
 * Input that is Required is there, since the broker refuses calls without it; other input may be left out or NULL. Output may be
 * NULL whatever its qualifiers say, since methods that fail give none.
 */
function printMethod(method: CimMethod): string {
  const parameters = [...method.parameters.values()];
  const input = parameters
    .filter(({ isIn }) => isIn)
    .map(({ name, type, isRequired }) =>
      isRequired
        ? printMember(name, typescriptType(type), '        ')
        : printMember(`${name}?`, nullable(type), '        '),
    );
  const output = parameters
    .filter(({ isOut }) => isOut)
    .map(({ name, type }) => printMember(name, nullable(type), '        '));
  const returned = printMember('ReturnValue', typescriptType(method.returnType), '        ');
  return [
    `    readonly ${method.name}: {\n`,
    method.isStatic ? '      readonly isStatic: true;\n' : '',
    printBlock('input', input, '      '),
    printBlock('output', [...output, returned], '      '),
    '    };\n',
  ].join('');
}

function printBlock(name: string, members: readonly string[], indent: string): string {
  const type = members.length === 0 ? EMPTY : `{\n${members.join('')}${indent}}`;
  return `${indent}readonly ${name}: ${type};\n`;
}

function nullable(type: CimType): string {
  return `${typescriptType(type)} | null`;
}

function printMember(name: string, type: string, indent: string): string {
  return `${indent}readonly ${name}: ${type};\n`;
}
