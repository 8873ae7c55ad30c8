import type { ExpressionNode } from './expression-node.js';

export interface NotNode {
  readonly kind: 'Not';
  readonly operand: ExpressionNode;
}

export function notNode(operand: ExpressionNode): NotNode {
  return Object.freeze({ kind: 'Not', operand });
}
