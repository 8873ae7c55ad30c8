import type { ComparisonNode } from './comparison-node.js';
import type { IsaNode } from './isa-node.js';
import type { LikeNode } from './like-node.js';
import type { LogicalNode } from './logical-node.js';
import type { NotNode } from './not-node.js';
import type { NullTestNode } from './null-test-node.js';

/** What may stand behind WHERE. */
export type ExpressionNode = ComparisonNode | LikeNode | NullTestNode | IsaNode | LogicalNode | NotNode;

/** One function for each kind of node: a kind that is forgotten does not compile. */
export interface ExpressionVisitor<R> {
  readonly comparison: (node: ComparisonNode) => R;
  readonly like: (node: LikeNode) => R;
  readonly nullTest: (node: NullTestNode) => R;
  readonly isa: (node: IsaNode) => R;
  readonly logical: (node: LogicalNode) => R;
  readonly not: (node: NotNode) => R;
}

export function visitExpression<R>(node: ExpressionNode, visitor: ExpressionVisitor<R>): R {
  switch (node.kind) {
    case 'Comparison':
      return visitor.comparison(node);
    case 'Like':
      return visitor.like(node);
    case 'NullTest':
      return visitor.nullTest(node);
    case 'Isa':
      return visitor.isa(node);
    case 'Not':
      return visitor.not(node);
    case 'And':
    case 'Or':
      return visitor.logical(node);
  }
}
