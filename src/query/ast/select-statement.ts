import type { ExpressionNode } from './expression-node.js';
import type { PropertyPathNode } from './property-path-node.js';

/** The languages of queries: Microsoft's WQL and DMTF's CQL (DSP0202). */
export type QueryDialect = 'WQL' | 'CQL';

/** `SELECT … FROM Class [WHERE …]`: a query for instances. */
export interface SelectStatement {
  readonly kind: 'Select';
  readonly dialect: QueryDialect;
  /** The properties to return; undefined for `*`. */
  readonly projection: readonly PropertyPathNode[] | undefined;
  readonly className: string;
  /** A second name of the class, by which CQL paths may begin. */
  readonly alias: string | undefined;
  readonly where: ExpressionNode | undefined;
}

export function selectStatement(parts: Omit<SelectStatement, 'kind'>): SelectStatement {
  return Object.freeze({ kind: 'Select', ...parts });
}
