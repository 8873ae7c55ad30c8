import fc from 'fast-check';
import { type ComparisonOperator, comparisonNode } from '../../src/query/ast/comparison-node.js';
import type { ExpressionNode } from '../../src/query/ast/expression-node.js';
import { isaNode } from '../../src/query/ast/isa-node.js';
import { likeNode } from '../../src/query/ast/like-node.js';
import { literalNode } from '../../src/query/ast/literal-node.js';
import { logicalNode } from '../../src/query/ast/logical-node.js';
import { notNode } from '../../src/query/ast/not-node.js';
import { nullTestNode } from '../../src/query/ast/null-test-node.js';
import { type PropertyPathNode, propertyPathNode } from '../../src/query/ast/property-path-node.js';
import { selectClassesStatement } from '../../src/query/ast/select-classes-statement.js';
import { selectStatement } from '../../src/query/ast/select-statement.js';
import type { WqlStatement } from '../../src/query/ast/wql-statement.js';

const reserved = new Set(['not', 'true', 'false', 'null', 'meta_class']);

const anyName = fc
  .stringMatching(/^[A-Za-z_Ää][A-Za-z0-9_Ää]{0,6}$/)
  .filter((name) => !reserved.has(name.toLowerCase()) && !name.toLowerCase().startsWith('__'));

const anyPath = fc
  .array(fc.record({ name: anyName, index: fc.option(fc.nat(9), { nil: undefined, freq: 5 }) }), {
    minLength: 1,
    maxLength: 3,
  })
  .map(([first, ...more]) => propertyPathNode([first ?? { name: 'a', index: undefined }, ...more], 0));

export const anyOperator = fc.constantFrom<ComparisonOperator>('=', '<>', '<', '>', '<=', '>=');

const anyLiteral = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom("'", '"', '\\', "\\'", '%_[]'),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  )
  .map((value) => literalNode(value, 0));

/** Conditions over the given predicates. */
export function conditionOver(predicate: fc.Arbitrary<ExpressionNode>): fc.Arbitrary<ExpressionNode> {
  return fc.letrec<{ condition: ExpressionNode }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      predicate,
      tie('condition').map(notNode),
      fc
        .tuple(
          fc.constantFrom('And' as const, 'Or' as const),
          fc.array(tie('condition'), { minLength: 2, maxLength: 4 }),
        )
        .map(([kind, operands]) => logicalNode(kind, operands)),
    ),
  })).condition;
}

const anyPredicate: fc.Arbitrary<ExpressionNode> = fc.oneof(
  fc
    .tuple(anyOperator, anyPath, anyLiteral)
    .map(([operator, path, literal]) => comparisonNode(operator, path, literal)),
  fc.tuple(anyPath, fc.string({ maxLength: 8 })).map(([path, pattern]) => likeNode(path, pattern, 0)),
  fc.tuple(anyPath, fc.boolean()).map(([path, negated]) => nullTestNode(path, negated)),
  fc.tuple(fc.option(anyPath, { nil: undefined }), anyName).map(([path, className]) => isaNode(path, className, 0)),
);

const anyWhere = fc.option(conditionOver(anyPredicate), { nil: undefined });
const anyProjection: fc.Arbitrary<readonly PropertyPathNode[] | undefined> = fc.option(
  fc.array(anyPath, { minLength: 1, maxLength: 4 }),
  { nil: undefined },
);

export const anySelect: fc.Arbitrary<WqlStatement> = fc.oneof(
  fc
    .record({ projection: anyProjection, className: anyName, where: anyWhere })
    .map((parts) => selectStatement({ dialect: 'WQL', alias: undefined, ...parts })),
  fc.record({ projection: anyProjection, where: anyWhere }).map(selectClassesStatement),
);

/** The same tree without the offsets at which its parts were found. */
export function withoutOffsets(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutOffsets);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([name]) => name !== 'at');
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutOffsets(value)]));
}
