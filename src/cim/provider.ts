import type { CimMethod } from './cim-class.js';
import type { CimInstance } from './cim-instance.js';
import type { CimValue } from './cim-value.js';
import type { InstancePath } from './instance-path.js';
import type { InstanceTransaction } from './instance-store.js';
import type { Schema } from './schema.js';

/** What a provider works with, whatever it is asked to do. */
export interface InstanceContext {
  readonly namespace: string;
  readonly schema: Schema;
  /** The caller's account name; undefined for calls from the same process. */
  readonly user: string | undefined;
  /** Aborted when the caller has gone or the operation's time is up. */
  readonly signal: AbortSignal;
  /** The store, inside the operation's transaction: what is written is kept when the operation succeeds. */
  readonly store: InstanceTransaction;
  /** The instance a reference means: exact class, or a subclass when the path names a base class. */
  resolve(path: InstancePath): Promise<CimInstance | undefined>;
  /** A new UUID (lower case, without braces); repeatable when the endpoint was started with a seed. */
  newUuid(): string;
  /** The time of day in milliseconds since 1970, by the endpoint's clock. */
  now(): number;
  /**
   * Says why the operation ends as it does: which parameter breaks which rule. It goes to the log and to whoever else looks
   * into the endpoint, never into an envelope.
   *
   * @param about what the reason tells of besides what the caller said; who may not read all of it is not told
   */
  explain(reason: string, about?: readonly InstancePath[]): void;
}

/**
 * What a method implementation is given besides its parameters. What it writes is kept when it returns 0 and dropped
 * when it returns another value or throws.
 */
export interface MethodContext extends InstanceContext {
  readonly method: CimMethod;
  /** The instance the method is called on; undefined for static calls. */
  readonly instance: CimInstance | undefined;
}

/** Gives the instance to store, with whatever the class adds to what the client sent: a missing key, say. */
export type CreateRule = (instance: CimInstance, context: InstanceContext) => Promise<CimInstance>;

/** Gives the instance to store in place of `before`. `instance` has the changes in it; its keys must stay. */
export type ModifyRule = (instance: CimInstance, before: CimInstance, context: InstanceContext) => Promise<CimInstance>;

/** Removes what belongs to the instance and would be left behind; the instance itself is removed after it. */
export type DeleteRule = (instance: CimInstance, context: InstanceContext) => Promise<void>;

/**
 * What clients may do with the instances of a class; what is absent is not allowed. Rules may throw a CimError to refuse
 * one case. Whatever they say, the broker checks types, keys and references, and that nothing refers to what is deleted.
 */
export interface InstanceRules {
  readonly create?: boolean | CreateRule;
  /** `true`: the properties that the schema marks Write. A list: these properties. A rule: any but keys. */
  readonly modify?: boolean | readonly string[] | ModifyRule;
  readonly delete?: boolean | DeleteRule;
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
  /**
   * Whether the broker refuses calls that lack a parameter with the qualifier Required, by InvalidParameter: `checked`,
   * the default. `unchecked`: the methods answer such calls themselves, by a ReturnValue of theirs.
   */
  readonly requiredParameters?: 'checked' | 'unchecked';
  /**
   * Absent: as the superclass's provider says; everything is allowed, and every property but keys may be changed, when
   * none says anything.
   */
  readonly instances?: InstanceRules;
}

/** The members of a {@link Provider}: what else a provider has is misspelt. */
export const PROVIDER_NAMES: Readonly<Record<keyof Provider, true>> = {
  className: true,
  methods: true,
  otherMethods: true,
  requiredParameters: true,
  instances: true,
};

/** The members of {@link InstanceRules}. */
export const INSTANCE_RULE_NAMES: Readonly<Record<keyof InstanceRules, true>> = {
  create: true,
  modify: true,
  delete: true,
};
