import type { PropertyPathNode } from './property-path-node.js';

/** `path IS NULL` or `path IS NOT NULL`; WMI reads `= NULL` and `<> NULL` the same way. */
export interface NullTestNode {
  readonly kind: 'NullTest';
  readonly path: PropertyPathNode;
  readonly negated: boolean;
}

export function nullTestNode(path: PropertyPathNode, negated: boolean): NullTestNode {
  return Object.freeze({ kind: 'NullTest', path, negated });
}
