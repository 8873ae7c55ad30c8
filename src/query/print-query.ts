import type { AssociationStatement } from './ast/association-statement.js';
import { type ExpressionNode, visitExpression } from './ast/expression-node.js';
import { type LiteralNode, realText } from './ast/literal-node.js';
import type { PathStep, PropertyPathNode } from './ast/property-path-node.js';
import type { SelectClassesStatement } from './ast/select-classes-statement.js';
import type { SelectStatement } from './ast/select-statement.js';
import type { WqlStatement } from './ast/wql-statement.js';

/** A statement as text that parses back to the same statement, with numbers in their shortest spelling. */
export function printQuery(statement: WqlStatement): string {
  if (!isSelect(statement)) return printAssociation(statement);
  const projection = statement.projection?.map(printPath).join(', ') ?? '*';
  const source = statement.kind === 'Select' ? printSource(statement) : 'meta_class';
  const where = statement.where ? ` WHERE ${printExpression(statement.where)}` : '';
  return `SELECT ${projection} FROM ${source}${where}`;
}

function isSelect(statement: WqlStatement): statement is SelectStatement | SelectClassesStatement {
  return statement.kind === 'Select' || statement.kind === 'SelectClasses';
}

function printSource({ className, alias }: SelectStatement): string {
  return alias === undefined ? className : `${className} AS ${alias}`;
}

function printAssociation({ kind, path, values, flags }: AssociationStatement): string {
  const words = [...Object.entries(values).map(([word, value]) => `${word} = ${quote(value)}`), ...flags];
  const where = words.length === 0 ? '' : ` WHERE ${words.join(' ')}`;
  return `${kind.toUpperCase()} OF {${path.toString()}}${where}`;
}

function printExpression(expression: ExpressionNode): string {
  return visitExpression(expression, {
    comparison: ({ path, operator, literal }) => `${printPath(path)} ${operator} ${printLiteral(literal)}`,
    like: ({ path, pattern }) => `${printPath(path)} LIKE ${quote(pattern)}`,
    nullTest: ({ path, negated }) => `${printPath(path)} IS ${negated ? 'NOT ' : ''}NULL`,
    isa: ({ path, className }) => `${path ? printPath(path) : '__this'} ISA ${quote(className)}`,
    not: ({ operand }) => `NOT ${printOperand(operand)}`,
    logical: ({ kind, operands }) => operands.map(printOperand).join(kind === 'And' ? ' AND ' : ' OR '),
  });
}

/** Parentheses keep a chain within a chain what it is. */
function printOperand(operand: ExpressionNode): string {
  const text = printExpression(operand);
  return operand.kind === 'And' || operand.kind === 'Or' ? `(${text})` : text;
}

function printPath({ steps }: PropertyPathNode): string {
  return steps.map(printStep).join('.');
}

function printStep({ name, index }: PathStep): string {
  return index === undefined ? name : `${name}[${index}]`;
}

function printLiteral({ value, text }: LiteralNode): string {
  if (typeof value === 'string') return quote(value);
  return typeof value === 'number' ? realText(value) : typeof value === 'bigint' ? String(value) : text.toUpperCase();
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
