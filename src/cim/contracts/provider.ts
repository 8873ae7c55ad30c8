import type { CimMethod } from '../model/cim-class.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimValue } from '../model/cim-value.js';
import type { InstancePath } from '../model/instance-path.js';
import type { NameMap } from '../model/name-map.js';
import type { Schema } from '../schema/schema.js';
import type { InstanceReader, InstanceTransaction } from './instance-store.js';
import type { JobRun } from './provider-host.js';

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
  /**
   * Which run of this operation it is, from 1. Others may change what was read before what is written can be kept; the
   * operation runs again then, as if it had never run, at most three times in all.
   */
  readonly attempt: number;
  /** Goes on with something when the operation has succeeded and what it wrote is kept; see {@link ProviderHost.job}. */
  job(run: JobRun): void;
  /**
   * Tells of an event when the operation has succeeded and what it wrote is kept; see {@link ProviderHost.indicate}.
   *
   * @throws TypeError at once when it is no instance of an indication's class
   */
  indicate(indication: CimInstance): void;
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

/** What the first half of a {@link PreparedMethod} is given: it reads, and writes nothing. */
export interface PrepareContext extends Omit<MethodContext, 'store'> {
  readonly store: InstanceReader;
}

// The functions of a provider are typed as methods of an interface are, so that one whose parameters are narrower, since they were
// written from the MOF (`cimulator types`), is one, too: what it is given has been checked against the same MOF.

/** Gives the instance to store, with whatever the class adds to what the client sent: a missing key, say. */
export type CreateRule = {
  call(instance: CimInstance, context: InstanceContext): CimInstance | Promise<CimInstance>;
}['call'];

/** Gives the instance to store in place of `before`. `instance` has the changes in it; its keys must stay. */
export type ModifyRule = {
  call(instance: CimInstance, before: CimInstance, context: InstanceContext): CimInstance | Promise<CimInstance>;
}['call'];

/**
 * Removes what belongs to the instance and would be left behind, or gives the paths under which it is stored: then it is
 * removed together with the instance, when nothing else refers to any of it. The instance itself is removed after it.
 */
export type DeleteRule = {
  call(
    instance: CimInstance,
    context: InstanceContext,
  ): void | readonly InstancePath[] | Promise<void> | Promise<readonly InstancePath[]>;
}['call'];

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

/** What a value is derived with: the state as the answer shows it, which cannot be changed. */
export interface DerivationContext {
  readonly namespace: string;
  readonly schema: Schema;
  readonly store: InstanceReader;
  /** The time of day in milliseconds since 1970, by the endpoint's clock. */
  now(): number;
}

/**
 * Gives a value that is made when it is read, of a clock, say, or of how many instances there are. `instance` is as it is stored: what it
 * holds under the property's own name nobody else sees, so that it may be what the value is counted from.
 */
export type DerivedValue = {
  call(instance: CimInstance, context: DerivationContext): CimValue | Promise<CimValue>;
}['call'];

/**
 * Makes the instance that is asked for, with its path: by all its keys, or by a query that compares some of its properties with values. Gives
 * undefined when there is none.
 */
export type AskedInstance = {
  call(
    given: NameMap<CimValue>,
    context: DerivationContext,
  ): CimInstance | undefined | Promise<CimInstance | undefined>;
}['call'];

/** Input by declared parameter name. A parameter that the caller left out is absent; one that is NULL is `null`. */
export type MethodInput = Readonly<Record<string, CimValue | undefined>>;

/** Output parameters by name, and `ReturnValue`. Those left out are NULL. */
export type MethodOutput = Readonly<Record<string, CimValue | undefined>>;

export type MethodImplementation = {
  call(input: MethodInput, context: MethodContext): MethodOutput | Promise<MethodOutput>;
}['call'];

/**
 * A method in two halves, for one with effects outside the model. `prepare` reads and thinks, as long as it likes and perhaps
 * more than once. When what it read is still so, `commit` carries the plan out, once, while nobody else writes: it should not
 * take long.
 *
 * @typeParam P the plan
 */
export interface PreparedMethod<P = unknown> {
  prepare(input: MethodInput, context: PrepareContext): P | Promise<P>;
  commit(plan: P, store: InstanceTransaction, context: MethodContext): MethodOutput | Promise<MethodOutput>;
}

/** A method that runs once, from its beginning while nobody else writes. It keeps every other writer waiting. */
export interface ExclusiveMethod {
  readonly exclusive: true;
  run(input: MethodInput, context: MethodContext): MethodOutput | Promise<MethodOutput>;
}

/**
 * How a method is implemented. A function runs on the state of one point in time and keeps nobody from writing, however long
 * it takes. What it wrote is kept if what it read is unchanged then; else it runs again.
 */
export type Method = MethodImplementation | PreparedMethod | ExclusiveMethod;

/** The names that the parts of a {@link Provider} may have. */
export const PROVIDER_MEMBERS = [
  'className',
  'methods',
  'otherMethods',
  'requiredParameters',
  'exclusive',
  'instances',
  'derived',
  'asked',
] as const satisfies readonly (keyof Provider)[];

/** The names that the parts of {@link InstanceRules} may have. */
export const INSTANCE_RULE_MEMBERS = ['create', 'modify', 'delete'] as const satisfies readonly (keyof InstanceRules)[];

/**
 * The behaviour of one class, and of its subclasses as far as they have no other. Several providers may share a class: each
 * has some of its methods.
 */
export interface Provider {
  readonly className: string;
  readonly methods: Readonly<Record<string, Method>>;
  /** Every method of this provider runs as an {@link ExclusiveMethod} does. */
  readonly exclusive?: boolean;
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
  /**
   * Properties whose values are made when somebody reads them, by name, none of them a key. Whoever gets, enumerates, queries or follows
   * associations sees the derived value. It is never stored: a client that sends it back with the instance changes nothing by it, and
   * cannot write it, whatever {@link instances} says. What methods and rules are given is as it is stored.
   */
  readonly derived?: Readonly<Record<string, DerivedValue>>;
  /**
   * Instances of the class are not stored: each is made when somebody asks for it, and nobody can list them. An enumeration, and a query that
   * says of no property that it equals a value, end with WMI's WBEM_E_PROVIDER_NOT_CAPABLE.
   */
  readonly asked?: AskedInstance;
}
