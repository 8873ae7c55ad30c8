/** One name of a path; `index` is set where an element of an array is meant. */
export interface PathStep {
  readonly name: string;
  readonly index: number | undefined;
}

/** A property, an array's element, or a property of an embedded instance: `a`, `a[0]`, `a.b`. */
export interface PropertyPathNode {
  readonly kind: 'PropertyPath';
  /** At least one. */
  readonly steps: readonly [PathStep, ...PathStep[]];
  readonly at: number;
}

export function propertyPathNode(steps: readonly [PathStep, ...PathStep[]], at: number): PropertyPathNode {
  return Object.freeze({ kind: 'PropertyPath', steps: Object.freeze(steps), at });
}
