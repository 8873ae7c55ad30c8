import type { InstanceCursor } from '../../cim/contracts/cim-operation.js';
import type { WriteClassOptions } from '../../cimxml/write-class-options.js';
import type { ResourceUriFamily } from '../../wscim/resource-uri.js';
import type { EnumerationMode } from './enumerate-request.js';

/** A filter as text, from which it can be made again by whoever goes on with the enumeration. */
export type FilterText =
  | { readonly kind: 'wql' | 'cql'; readonly text: string }
  | {
      readonly kind: 'selectors';
      readonly className: string;
      readonly selectors: readonly (readonly [string, string])[];
    };

/** Instances, in one of the three modes. */
export interface InstanceShape {
  readonly kind: 'instances';
  readonly mode: EnumerationMode;
  readonly uri: string;
  readonly family: ResourceUriFamily;
  readonly preciseArrays: boolean;
  /** Write every instance as one of this class: polymorphism mode ExcludeSubClassProperties. */
  readonly asClass?: string | undefined;
  readonly properties?: readonly string[] | undefined;
  /** Write the properties in `w:XmlFragment`, without the class. */
  readonly asFragment?: boolean | undefined;
  /** Leave these properties out. */
  readonly excluded?: readonly string[] | undefined;
  /** Write only the keys (WQL's KeysOnly). */
  readonly keysOnly?: boolean | undefined;
}

/** Class declarations, in one of the three modes. */
export interface ClassShape {
  readonly kind: 'classes';
  readonly mode: EnumerationMode;
  readonly options: WriteClassOptions;
}

/** Ready-made elements. */
export interface MarkupShape {
  readonly kind: 'markup';
}

/**
 * Where an enumeration stands: plain data, so that any process with the same store can go on with it. It holds no
 * instances. What is still to come is `pending` (object paths, class names, markup), then the parts, then the cursor.
 */
export interface EnumerationState {
  readonly namespace: string;
  readonly shape: InstanceShape | ClassShape | MarkupShape;
  readonly pending: readonly string[];
  /** How many of the items in the parts beside the state have been taken, and how many they are. */
  readonly position: number;
  readonly partItems: number;
  readonly cursor?: InstanceCursor | undefined;
  /** What every instance meets when it is sent: it may have changed since it was found. */
  readonly filter?: FilterText | undefined;
  /** Number of all items, when it was known at the beginning. */
  readonly total?: number | undefined;
  /** The client has asked for an end: being pulled from does not move it. */
  readonly hasFixedEnd?: boolean | undefined;
}
