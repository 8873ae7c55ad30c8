import type { CimMethod } from './cim-class.js';
import type { CimInstance } from './cim-instance.js';
import type { CimValue } from './cim-value.js';
import type { InstancePath } from './instance-path.js';
import type { InstanceTransaction } from './instance-store.js';
import type { Schema } from './schema.js';

/** What a method implementation is given besides its parameters. */
export interface MethodContext {
  readonly namespace: string;
  readonly schema: Schema;
  readonly method: CimMethod;
  /** The instance the method is called on; undefined for static calls. */
  readonly instance: CimInstance | undefined;
  /** The caller's account name; undefined for calls from the same process. */
  readonly user: string | undefined;
  /** Aborted when the caller has gone or the operation's time is up. */
  readonly signal: AbortSignal;
  /**
   * The store, inside the method's transaction: everything written is kept when the method returns 0 and dropped when
   * it returns another value or throws.
   */
  readonly store: InstanceTransaction;
  /** The instance a reference means: exact class, or a subclass when the path names a base class. */
  resolve(path: InstancePath): Promise<CimInstance | undefined>;
  /** A new UUID (lower case, without braces); repeatable when the endpoint was started with a seed. */
  newUuid(): string;
}

/** Input by declared parameter name. A parameter that the caller left out is absent; one that is NULL is `null`. */
export type MethodInput = Readonly<Record<string, CimValue | undefined>>;

/** Output parameters by name, and `ReturnValue`. Those left out are NULL. */
export type MethodOutput = Readonly<Record<string, CimValue | undefined>>;

export type MethodImplementation = (input: MethodInput, context: MethodContext) => Promise<MethodOutput>;

/** The behaviour of one class (and of its subclasses that have no provider of their own). */
export interface Provider {
  readonly className: string;
  readonly methods: Readonly<Record<string, MethodImplementation>>;
  /**
   * What a declared method without implementation answers: the code that its own value map labels "Not Supported", or
   * the error MethodNotAvailable. The latter when absent.
   */
  readonly otherMethods?: 'not-supported' | 'not-available';
}
