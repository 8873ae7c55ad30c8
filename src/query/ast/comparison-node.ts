import type { LiteralNode } from './literal-node.js';
import type { PropertyPathNode } from './property-path-node.js';

export type ComparisonOperator = '=' | '<>' | '<' | '>' | '<=' | '>=';

/** `path operator literal`; a query that names the literal first is turned round when it is read. */
export interface ComparisonNode {
  readonly kind: 'Comparison';
  readonly operator: ComparisonOperator;
  readonly path: PropertyPathNode;
  readonly literal: LiteralNode;
}

export function comparisonNode(
  operator: ComparisonOperator,
  path: PropertyPathNode,
  literal: LiteralNode,
): ComparisonNode {
  return Object.freeze({ kind: 'Comparison', operator, path, literal });
}
