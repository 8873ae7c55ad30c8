/**
 * Where an enumeration stands: plain JSON data that any process with the same store can go on from. It holds no
 * instances.
 */
export interface InstanceCursor {
  readonly namespace: string;
  /** The classes that had instances when the enumeration began. */
  readonly classNames: readonly string[];
  /** The class in `classNames` whose instances are next. */
  readonly classIndex: number;
  /** The store's position within that class; absent at its beginning. */
  readonly after?: string | undefined;
  /** The store's mark of the beginning. */
  readonly asOf: string;
}
