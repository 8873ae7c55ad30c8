import { atOnce } from '../cim/at-once.js';
import { type CimType, describeType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { type ComparisonNode, comparisonNode } from './ast/comparison-node.js';
import type { ExpressionNode } from './ast/expression-node.js';
import type { IsaNode } from './ast/isa-node.js';
import type { LikeNode } from './ast/like-node.js';
import { literalNode } from './ast/literal-node.js';
import type { QueryDialect } from './ast/select-statement.js';
import { bindComparison, bindEmbeddedIsa, bindNullTest, rangesOfComparison } from './bind-comparison.js';
import type { BindContext } from './bind-context.js';
import { bindOperands } from './bind-operands.js';
import { type Condition, conjunction, disjunction, negation, noteLength, withSteps } from './condition.js';
import { pathText } from './path-text.js';
import type { TextTest } from './pattern/compile-pattern.js';
import { compileCqlPattern } from './pattern/cql-pattern.js';
import { PatternError } from './pattern/pattern-error.js';
import { compileWqlPattern } from './pattern/wql-pattern.js';
import { invalidQuery } from './query-error.js';
import type { ResolvedProperty } from './query-scope.js';
import { testOf } from './test-of.js';
import { type Truth, truthOf, UNKNOWN } from './truth.js';
import { hasRanges, withRanges } from './value-ranges.js';

/**
 * Checks a condition against what it is about and compiles it to a function.
 *
 * @throws CimError InvalidQuery for unknown properties, types that do not compare and malformed patterns;
 *   InvalidClass for an unknown class behind ISA
 */
export function bindExpression<T>(expression: ExpressionNode, context: BindContext<T>): Condition<T> {
  return atOnce(bindExpressionInSteps(expression, context));
}

/** The same in steps, each of which takes no longer than a few milliseconds. */
export function* bindExpressionInSteps<T>(
  expression: ExpressionNode,
  context: BindContext<T>,
): Generator<void, Condition<T>, void> {
  const { scope } = context;
  switch (expression.kind) {
    case 'Comparison':
      return bindOneComparison(expression, scope.resolve(expression.path), context);
    case 'Like':
      return bindLike(expression, scope.resolve(expression.path), context);
    case 'NullTest':
      return testOf(scope.resolve(expression.path), bindNullTest(expression.negated));
    case 'Isa':
      return bindIsa(expression, context);
    case 'Not':
      return negation(yield* bindExpressionInSteps(expression.operand, context));
    case 'And':
      return conjunction(yield* bindOperands(expression, context, bindExpressionInSteps));
    case 'Or':
      return disjunction(yield* bindOperands(expression, context, bindExpressionInSteps));
  }
}

function bindOneComparison<T>(
  node: ComparisonNode,
  property: ResolvedProperty<T>,
  { schema, dialect, namespace }: BindContext<T>,
): Condition<T> {
  const comparison = { schema, caseSensitive: dialect === 'CQL', namespace };
  const test = testOf(property, bindComparison(node, property, comparison));
  if (!hasRanges(property)) return test;
  return withRanges(test, { property, find: () => rangesOfComparison(node, property, comparison) });
}

/** Of other types than texts LIKE is `=`, as long as there is nothing in the pattern that a text alone could match (MS-WMI 2.2.1.1). */
function bindLike<T>(node: LikeNode, property: ResolvedProperty<T>, context: BindContext<T>): Condition<T> {
  const { schema, dialect, namespace, server } = context;
  const { pattern, at, path } = node;
  const isText = property.type && isTextType(property.type);
  const isConstant = dialect === 'WQL' && !WILDCARD.test(pattern);
  if (property.type && !isText && !isConstant) {
    const exact = dialect === 'WQL' ? '; without wildcards (% _ [) it would be =' : '';
    throw invalidQuery(at, `LIKE is for texts, and ${property.name} is of type ${describeType(property.type)}${exact}`);
  }
  const comparison = comparisonNode('=', path, literalNode(pattern, at));
  const comparisonContext = { schema, caseSensitive: false, namespace };
  const equals: (value: CimValue) => Truth =
    isText || !isConstant ? () => UNKNOWN : bindComparison(comparison, property, comparisonContext);
  if (property.type && !isText) return testOf(property, equals);
  const matches = compile(node, dialect);
  const textOf = (value: CimValue) => (value instanceof InstancePath ? pathText(value, server) : value);
  const atOnce = testOf(property, (value) => {
    const text = textOf(value);
    if (text !== value && typeof text === 'string') noteLength(text.length);
    return typeof text === 'string' ? truthOf(matches(text)) : equals(value);
  });
  const { inSteps } = matches;
  if (inSteps === undefined) return atOnce;
  return withSteps(atOnce, function* (subject) {
    const text = textOf(property.read(subject));
    return typeof text === 'string' ? truthOf(yield* inSteps(text)) : equals(property.read(subject));
  });
}

const WILDCARD = /[%_[]/;

/** A reference is text in WMI. */
function isTextType({ name, array, embedded }: CimType): boolean {
  return !array && !embedded && (name === 'string' || name === 'char16' || name === 'reference');
}

function compile({ pattern, at }: LikeNode, dialect: QueryDialect): TextTest {
  try {
    return dialect === 'CQL' ? compileCqlPattern(pattern) : compileWqlPattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) throw invalidQuery(at, `the pattern is wrong: ${error.message}`);
    throw error;
  }
}

function bindIsa<T>({ path, className }: IsaNode, { scope, schema }: BindContext<T>): (subject: T) => Truth {
  const { name } = schema.getClass(className);
  if (!path || scope.isSelf(path)) return (subject) => truthOf(scope.isA(subject, name));
  const property = scope.resolve(path);
  if (property.type && (!property.type.embedded || property.type.array)) {
    throw invalidQuery(
      path.at,
      `ISA is for embedded objects, and ${property.name} is of type ${describeType(property.type)}`,
    );
  }
  return testOf(property, bindEmbeddedIsa(name, schema));
}
