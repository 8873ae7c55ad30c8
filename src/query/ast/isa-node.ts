import type { PropertyPathNode } from './property-path-node.js';

/** `path ISA 'Class'`: an embedded object's class; without a path (`__this`), the class of the object itself. */
export interface IsaNode {
  readonly kind: 'Isa';
  readonly path: PropertyPathNode | undefined;
  readonly className: string;
  /** Offset of the class name. */
  readonly at: number;
}

export function isaNode(path: PropertyPathNode | undefined, className: string, at: number): IsaNode {
  return Object.freeze({ kind: 'Isa', path, className, at });
}
