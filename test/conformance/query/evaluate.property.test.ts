import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { type ComparisonNode, comparisonNode } from '../../../src/query/ast/comparison-node.js';
import type { ExpressionNode } from '../../../src/query/ast/expression-node.js';
import { literalNode } from '../../../src/query/ast/literal-node.js';
import { nullTestNode } from '../../../src/query/ast/null-test-node.js';
import { propertyPathNode } from '../../../src/query/ast/property-path-node.js';
import { selectStatement } from '../../../src/query/ast/select-statement.js';
import { bindQuery } from '../../../src/query/bind-query.js';
import { everyType, schema } from '../../query/lab.js';
import { anyOperator, conditionOver } from '../../query/query-arbitraries.js';

const nothing = fc.constant(null);
const anyInstance = fc
  .record({
    a_uint8: fc.oneof(fc.nat(3), nothing),
    a_sint64: fc.oneof(fc.bigInt({ min: 0n, max: 3n }), nothing),
    a_string: fc.oneof(fc.constantFrom('a', 'B', 'c'), nothing),
  })
  .map((properties) => everyType('x', properties));

const pathTo = (name: string) => propertyPathNode([{ name, index: undefined }], 0);
const anyNumberName = fc.constantFrom('a_uint8', 'a_sint64', 'A_UINT8');
const anyPredicate: fc.Arbitrary<ExpressionNode> = fc.oneof(
  fc
    .tuple(
      anyOperator,
      anyNumberName,
      fc.oneof(fc.bigInt({ min: -1n, max: 4n }), fc.constantFrom(0.5, 2.5, '2', '1.5')),
    )
    .map(([operator, name, value]) => comparisonNode(operator, pathTo(name), literalNode(value, 0))),
  fc
    .tuple(anyOperator, fc.constantFrom('a', 'A', 'b', 'C', ''))
    .map(([operator, value]) => comparisonNode(operator, pathTo('a_string'), literalNode(value, 0))),
  fc
    .tuple(fc.constantFrom('a_uint8', 'a_sint64', 'a_string'), fc.boolean())
    .map(([name, negated]) => nullTestNode(pathTo(name), negated)),
);

function bindWhere(where: ExpressionNode) {
  return bindQuery(
    selectStatement({ dialect: 'WQL', projection: undefined, className: 'TEST_EveryType', alias: undefined, where }),
    schema,
  );
}

it('selects what the tables of three-valued logic select', () => {
  fc.assert(
    fc.property(conditionOver(anyPredicate), anyInstance, (where, instance) => {
      expect(bindWhere(where).matches(instance)).toBe(truth(where, instance) === true);
    }),
    { numRuns: 3000 },
  );
});

it('names only equalities that every match has', () => {
  fc.assert(
    fc.property(conditionOver(anyPredicate), anyInstance, (where, instance) => {
      const query = bindWhere(where);
      fc.pre(query.matches(instance));
      for (const [name, value] of query.equalities) {
        expect(String(instance.get(name)).toLowerCase()).toBe(String(value).toLowerCase());
      }
    }),
    { numRuns: 1000 },
  );
});

/** SQL's logic written down a second time: undefined is unknown. */
function truth(node: ExpressionNode, instance: CimInstance): boolean | undefined {
  switch (node.kind) {
    case 'Not': {
      const inner = truth(node.operand, instance);
      return inner === undefined ? undefined : !inner;
    }
    case 'And':
      return joined(node.operands, instance, false);
    case 'Or':
      return joined(node.operands, instance, true);
    case 'NullTest':
      return (instance.get(node.path.steps[0].name) === null) !== node.negated;
    case 'Comparison':
      return compared(node, instance);
    default:
      throw new Error(`${node.kind} is not made here`);
  }
}

/** @param decisive what one operand must be for the whole to be so: false of AND, true of OR */
function joined(operands: readonly ExpressionNode[], instance: CimInstance, decisive: boolean): boolean | undefined {
  const values = operands.map((operand) => truth(operand, instance));
  if (values.includes(decisive)) return decisive;
  return values.includes(undefined) ? undefined : !decisive;
}

function compared({ path, literal, operator }: ComparisonNode, instance: CimInstance): boolean | undefined {
  const value = instance.get(path.steps[0].name);
  if (value === null) return undefined;
  const isText = typeof value === 'string';
  const left = isText ? value.toLowerCase() : Number(value);
  const right = isText ? String(literal.value).toLowerCase() : Number(literal.value);
  const results = { '=': left === right, '<>': left !== right, '<': left < right, '>': left > right };
  return { ...results, '<=': left <= right, '>=': left >= right }[operator];
}
