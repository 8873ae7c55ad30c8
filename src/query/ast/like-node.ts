import type { PropertyPathNode } from './property-path-node.js';

/** `path LIKE 'pattern'`, in the pattern language of the query's dialect. */
export interface LikeNode {
  readonly kind: 'Like';
  readonly path: PropertyPathNode;
  readonly pattern: string;
  /** Offset of the pattern. */
  readonly at: number;
}

export function likeNode(path: PropertyPathNode, pattern: string, at: number): LikeNode {
  return Object.freeze({ kind: 'Like', path, pattern, at });
}
