import type { ComparisonNode } from './ast/comparison-node.js';
import type { ExpressionNode } from './ast/expression-node.js';
import type { LogicalNode } from './ast/logical-node.js';
import { bindEqualities, rangesOfComparison } from './bind-comparison.js';
import type { BindContext } from './bind-context.js';
import { type Condition, negation } from './condition.js';
import { ENOUGH, joinByProperty } from './join-by-property.js';
import type { ResolvedProperty } from './query-scope.js';
import { joinRanges } from './ranges.js';
import { testOf } from './test-of.js';
import { hasRanges, withRanges } from './value-ranges.js';

/** Comparisons of one property with constants, and where in the chain the first of them stands. */
interface Group<T> {
  readonly property: ResolvedProperty<T>;
  readonly comparisons: ComparisonNode[];
  readonly places: number[];
}

/** Operands that are compiled in one step. */
const OPERANDS_OF_STEP = 64;

/**
 * Compiles the operands of an AND or OR, those of a chain of the same kind within it among them. Scripts write lists as
 * `x = 1 OR x = 2 OR …`, and leave lists out by `x <> 1 AND x <> 2 AND …`: all that compare one property so become one look-up, in
 * the place of the first, since the order of operands says nothing about the truth of the chain. So does all else that asks of one
 * property where its value lies, be it `x > 1` or `x >= 1 AND x < 2`.
 *
 * @param bind compiles one operand
 * @throws CimError as `bind`, of the first operand that is wrong
 */
export function* bindOperands<T>(
  node: LogicalNode,
  context: BindContext<T>,
  bind: (operand: ExpressionNode, context: BindContext<T>) => Generator<void, Condition<T>, void>,
): Generator<void, readonly Condition<T>[], void> {
  const operands = flatten(node.operands, node.kind);
  const conditions: (Condition<T> | undefined)[] = [];
  for (const operand of operands) {
    conditions.push(yield* bind(operand, context));
    if (conditions.length % OPERANDS_OF_STEP === 0) yield;
  }
  if (operands.length < ENOUGH) return conditions.filter((condition) => condition !== undefined);
  for (const { property, comparisons, places } of groupByProperty(operands, node.kind === 'Or' ? '=' : '<>', context)) {
    const [first, ...others] = places;
    if (first === undefined || places.length < ENOUGH) continue;
    yield;
    const lookUp = bindLookUp(property, comparisons, context);
    conditions[first] = node.kind === 'Or' ? lookUp : negation(lookUp);
    for (const place of others) conditions[place] = undefined;
  }
  yield;
  const left = conditions.filter((condition) => condition !== undefined);
  return yield* joinByProperty(node.kind, left, context.dialect === 'CQL');
}

function bindLookUp<T>(
  property: ResolvedProperty<T>,
  comparisons: readonly ComparisonNode[],
  { schema, dialect, namespace }: BindContext<T>,
): Condition<T> {
  const literals = comparisons.map(({ literal }) => literal);
  const comparison = { schema, caseSensitive: dialect === 'CQL', namespace };
  const test = testOf(property, bindEqualities(literals, property, comparison));
  if (!hasRanges(property)) return test;
  const equal = (node: ComparisonNode) => rangesOfComparison({ ...node, operator: '=' }, property, comparison);
  return withRanges(test, { property, find: () => joinRanges(comparisons.map(equal), 1) });
}

function flatten(operands: readonly ExpressionNode[], kind: LogicalNode['kind']): readonly ExpressionNode[] {
  return operands.flatMap((operand) => (operand.kind === kind ? flatten(operand.operands, kind) : operand));
}

function groupByProperty<T>(
  operands: readonly ExpressionNode[],
  operator: '=' | '<>',
  { scope }: BindContext<T>,
): Iterable<Group<T>> {
  const groups = new Map<string, Group<T>>();
  for (const [place, operand] of operands.entries()) {
    if (operand.kind !== 'Comparison' || operand.operator !== operator) continue;
    const property = scope.resolve(operand.path);
    let group = groups.get(property.name);
    if (!group) {
      group = { property, comparisons: [], places: [] };
      groups.set(property.name, group);
    }
    group.comparisons.push(operand);
    group.places.push(place);
  }
  return groups.values();
}
