import type { ExpressionNode } from './expression-node.js';
import type { PropertyPathNode } from './property-path-node.js';

/** `SELECT … FROM meta_class [WHERE …]`: a query for class declarations. */
export interface SelectClassesStatement {
  readonly kind: 'SelectClasses';
  /** System properties to return; undefined for `*`. */
  readonly projection: readonly PropertyPathNode[] | undefined;
  readonly where: ExpressionNode | undefined;
}

export function selectClassesStatement(parts: Omit<SelectClassesStatement, 'kind'>): SelectClassesStatement {
  return Object.freeze({ kind: 'SelectClasses', ...parts });
}
