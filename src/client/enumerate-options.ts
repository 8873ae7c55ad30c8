import type { InstancePath } from '../cim/model/instance-path.js';
import type { CallOptions } from './call-options.js';

/** Which associations of an object, and what of them (DSP0227 §13). */
export interface AssociationOptions {
  /** Only along associations of this class. */
  readonly associationClass?: string;
  /** Only objects of this class. */
  readonly resultClass?: string;
  /** The reference by which the association holds the object that is asked about. */
  readonly role?: string;
  /** The reference by which the association holds the object that is returned. */
  readonly resultRole?: string;
  /** Only these properties. */
  readonly properties?: readonly string[];
}

/** Which association instances refer to an object. */
export interface ReferenceOptions {
  /** Only associations of this class. */
  readonly resultClass?: string;
  /** The reference by which the association holds the object. */
  readonly role?: string;
  /** Only these properties. */
  readonly properties?: readonly string[];
}

/** What an enumeration is narrowed by. */
export type EnumerationFilter =
  | { readonly wql: string }
  | { readonly cql: string }
  /** Properties that must have these values, as text. */
  | { readonly selectors: Readonly<Record<string, string | number | bigint | boolean>> }
  /** The objects at the other ends of an object's associations. */
  | { readonly associators: InstancePath; readonly where?: AssociationOptions }
  /** The association instances that refer to an object. */
  | { readonly references: InstancePath; readonly where?: ReferenceOptions };

/** How an enumeration is run, whatever it enumerates. */
export interface EnumerationOptions extends CallOptions {
  /** Instead of the client's. */
  readonly namespace?: string;
  /** Most items in one answer; 1000 by default. The server may send fewer. */
  readonly maxElements?: number;
  /** Lets the first answer hold items; true by default. */
  readonly optimize?: boolean;
}

export interface EnumerateOptions extends EnumerationOptions {
  readonly filter?: EnumerationFilter;
  /**
   * `both` (default): properties and path; `object`: properties alone; `epr`: the path alone, and of the properties the
   * keys.
   */
  readonly mode?: 'object' | 'epr' | 'both';
  /**
   * Subclasses with all they add (`include`, what servers do unasked), as instances of the class (`exclude`), or not at
   * all (`none`). Windows heeds none of it (MS-WSMV 3.1.4.1.27).
   */
  readonly polymorphism?: 'include' | 'exclude' | 'none';
}
