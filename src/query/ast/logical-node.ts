import type { ExpressionNode } from './expression-node.js';

/** A chain of one connective. It is flat, so that a long query is no deep tree. */
export interface LogicalNode {
  readonly kind: 'And' | 'Or';
  /** At least two. */
  readonly operands: readonly ExpressionNode[];
}

export function logicalNode(kind: 'And' | 'Or', operands: readonly ExpressionNode[]): LogicalNode {
  return Object.freeze({ kind, operands: Object.freeze(operands) });
}
