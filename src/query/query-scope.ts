import type { CimProperty } from '../cim/model/cim-class.js';
import type { CimType } from '../cim/model/cim-type.js';
import type { CimValue } from '../cim/model/cim-value.js';
import type { PropertyPathNode } from './ast/property-path-node.js';

/** A property path with a meaning: what it is and how to read it. */
export interface ResolvedProperty<T> {
  /** The path in its declared spelling. */
  readonly name: string;
  /** Undefined within an embedded object, whose class only its value tells. */
  readonly type: CimType | undefined;
  readonly read: (subject: T) => CimValue;
  /** Set when the path is just one property that the object's class declares. */
  readonly property: CimProperty | undefined;
}

/** The objects that a condition is about, and the names that it may use for them. */
export interface QueryScope<T> {
  /** @throws CimError InvalidQuery when there is no such property */
  resolve(path: PropertyPathNode): ResolvedProperty<T>;
  /** True when the object is, or is of, the class or a subclass of it. */
  isA(subject: T, className: string): boolean;
  /** True when the path names the object itself, as the class of a CQL query does. */
  isSelf(path: PropertyPathNode): boolean;
}
