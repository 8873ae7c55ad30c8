import { CimDateTime } from '../cim/model/cim-date-time.js';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, type CimTypeName, describeType, plainType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { parseObjectPath } from '../cim/model/parse-object-path.js';
import { shorten } from '../cim/model/shorten.js';
import type { Schema } from '../cim/schema/schema.js';
import type { ComparisonNode, ComparisonOperator } from './ast/comparison-node.js';
import type { LiteralNode } from './ast/literal-node.js';
import { type CompareWithConstant, compareWith } from './compare-with.js';
import { compareWithAny } from './compare-with-any.js';
import { DATE_TIME_FORMS } from './parse-date-time.js';
import { invalidQuery } from './query-error.js';
import type { ResolvedProperty } from './query-scope.js';
import { type Ranges, rangesBeside } from './ranges.js';
import { FALSE, TRUE, type Truth, truthOf, UNKNOWN } from './truth.js';
import { typedConstant } from './typed-constant.js';
import { orderedForm } from './value-ranges.js';

/** What a comparison depends on beside the two sides. */
export interface ComparisonContext {
  readonly schema: Schema;
  readonly caseSensitive: boolean;
  /** What a reference without a namespace means (DSP0004 §8.2.5). */
  readonly namespace?: string | undefined;
}

/**
 * Compiles a comparison to a test of the property's value.
 *
 * @throws CimError InvalidQuery when property and constant do not compare
 */
export function bindComparison(
  { operator, literal }: ComparisonNode,
  property: ResolvedProperty<never>,
  context: ComparisonContext,
): (value: CimValue) => Truth {
  if (!property.type) return bindUntyped(operator, literal, context);
  const test = tryBind(operator, literal, property.type, context);
  if (typeof test !== 'string') return test;
  throw invalidQuery(literal.at, `${property.name} (${describeType(property.type)}) ${test}`);
}

/**
 * Compiles `property = a OR property = b OR …` to one look-up.
 *
 * @param literals which compare with the property, as {@link bindComparison} has found, by `=`
 * @returns a test whose truth is the greatest of those of the comparisons
 */
export function bindEqualities(
  literals: readonly LiteralNode[],
  { type }: ResolvedProperty<never>,
  context: ComparisonContext,
): (value: CimValue) => Truth {
  if (type) return equalsAny(literals, type, context);
  const tests = new Map<CimTypeName, (value: CimValue) => Truth>();
  return (value) => {
    const valueType = typeOf(value);
    if (valueType === undefined) return UNKNOWN;
    let test = tests.get(valueType);
    if (!test) {
      test = equalsAny(literals, plainType(valueType), context);
      tests.set(valueType, test);
    }
    return test(value);
  };
}

/** The values for which a comparison is true that {@link bindComparison} has found to be right, where values of the property have an order. */
export function rangesOfComparison(
  { operator, literal }: ComparisonNode,
  { type }: ResolvedProperty<never>,
  context: ComparisonContext,
): Ranges {
  const bound = type && constantFor(operator, literal, type, context);
  const form =
    bound === undefined || typeof bound === 'string' ? undefined : orderedForm(bound.constant, context.caseSensitive);
  if (form === undefined) throw new TypeError('the comparison is none of values that have an order');
  return rangesBeside(operator, form);
}

/** A comparison with a literal that does not compare is unknown. */
function equalsAny(literals: readonly LiteralNode[], type: CimType, context: ComparisonContext) {
  const constants: CimKeyValue[] = [];
  for (const literal of literals) {
    const bound = constantFor('=', literal, type, context);
    if (typeof bound !== 'string') constants.push(bound.constant);
  }
  const isEqual = compareWithAny(constants, context.caseSensitive, context.namespace);
  const otherwise = constants.length < literals.length ? UNKNOWN : FALSE;
  return (value: CimValue): Truth => {
    const found = value === null ? undefined : isEqual(value);
    return found === undefined ? UNKNOWN : found ? TRUE : otherwise;
  };
}

/** The test, or the end of a sentence that begins with the property. */
function tryBind(
  operator: ComparisonOperator,
  literal: LiteralNode,
  type: CimType,
  context: ComparisonContext,
): ((value: CimValue) => Truth) | string {
  const bound = constantFor(operator, literal, type, context);
  if (typeof bound === 'string') return bound;
  return applyOperator(operator, compareWith(bound.constant, context.caseSensitive, context.namespace));
}

/** What the literal means beside a value of the type, or the end of a sentence that begins with the property. */
function constantFor(
  operator: ComparisonOperator,
  literal: LiteralNode,
  type: CimType,
  { schema, caseSensitive }: ComparisonContext,
): { readonly constant: CimKeyValue } | string {
  if (type.array) return 'is an array; only its elements, such as [0], and NULL compare';
  if (type.embedded) return 'holds an object; only its properties and NULL compare, and ISA asks for its class';
  // CQL compares a string with a string, WMI also with the text of a number.
  const isForeign = caseSensitive && type.name === 'string' && typeof literal.value !== 'string';
  const constant = isForeign ? undefined : typedConstant(literal, type, schema);
  if (constant === undefined) return `does not compare with ${describeLiteral(literal)}${explain(literal, type)}`;
  const hasOrder = typeof constant !== 'boolean' && !(constant instanceof InstancePath);
  if (!hasOrder && operator !== '=' && operator !== '<>') return "compares by '=' and '<>' only";
  if (constant instanceof CimDateTime && constant.hasWildcards && operator !== '=' && operator !== '<>') {
    return 'has no order against a datetime with wildcards';
  }
  return { constant };
}

function applyOperator(operator: ComparisonOperator, compare: CompareWithConstant): (value: CimValue) => Truth {
  const accepts = acceptedOrders[operator];
  return (value) => {
    if (value === null) return UNKNOWN;
    const order = compare(value);
    return order === undefined ? UNKNOWN : accepts(order) ? TRUE : FALSE;
  };
}

const acceptedOrders: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
};

/** Within an embedded object the value tells the type; a value that does not compare makes the condition unknown. */
function bindUntyped(
  operator: ComparisonOperator,
  literal: LiteralNode,
  context: ComparisonContext,
): (value: CimValue) => Truth {
  const tests = new Map<CimTypeName, (value: CimValue) => Truth>();
  return (value) => {
    const type = typeOf(value);
    if (type === undefined) return UNKNOWN;
    let test = tests.get(type);
    if (!test) {
      const bound = tryBind(operator, literal, plainType(type), context);
      test = typeof bound === 'string' ? () => UNKNOWN : bound;
      tests.set(type, test);
    }
    return test(value);
  };
}

function typeOf(value: CimValue): CimTypeName | undefined {
  if (value instanceof CimDateTime) return 'datetime';
  if (value instanceof InstancePath) return 'reference';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'real64';
    case 'bigint':
      return 'sint64';
    case 'boolean':
      return 'boolean';
    default:
      return undefined;
  }
}

/** `IS NULL` and `IS NOT NULL`, which are never unknown. */
export function bindNullTest(negated: boolean): (value: CimValue) => Truth {
  return (value) => truthOf((value === null) !== negated);
}

/** `ISA` on an embedded object; unknown when there is none. */
export function bindEmbeddedIsa(className: string, schema: Schema): (value: CimValue) => Truth {
  return (value) => {
    if (value === null) return UNKNOWN;
    return truthOf(value instanceof CimInstance && schema.isA(value.className, className));
  };
}

function describeLiteral({ value, text }: LiteralNode): string {
  return typeof value === 'string' ? `'${shorten(value)}'` : shorten(text);
}

/** What would compare, where that is more than a word can say. */
function explain({ value, text }: LiteralNode, { name }: CimType): string {
  if (name === 'datetime') return `; a datetime is written ${DATE_TIME_FORMS}, in quotes`;
  const problem = name === 'reference' && typeof value === 'string' ? parseObjectPath(text) : undefined;
  return typeof problem === 'string' ? `: ${problem}` : '';
}
