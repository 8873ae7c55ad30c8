import type { KnownClassName, MethodsOf, MethodTypes, PropertiesOf } from '../model/cim-classes.js';
import type { CimInstance } from '../model/cim-instance.js';
import type { CimInstanceOf, NewCimInstanceOf, PropertyName } from '../model/typed-instance.js';
import type { DerivationContext, InstanceContext, MethodContext, PreparedMethod, Provider } from './provider.js';

/** A method's context, with the instance as its class declares it. */
export interface TypedMethodContext<C extends KnownClassName, M> extends Omit<MethodContext, 'instance'> {
  /** The instance the method is called on; undefined for static calls, which only a static method gets. */
  readonly instance: M extends { readonly isStatic: true } ? CimInstanceOf<C> | undefined : CimInstanceOf<C>;
}

/** Output parameters; those left out are NULL, and ReturnValue may not be left out. */
export type TypedOutput<O> = Pick<O, Extract<keyof O, 'ReturnValue'>> & Partial<O>;

/** Input as methods find it that check by themselves what is required: any parameter may be missing or NULL. */
export type UncheckedInput<I> = { readonly [N in keyof I]?: I[N] | null };

/** Who checks whether required parameters are there: the broker, or the methods themselves. */
export type RequiredParameters = NonNullable<Provider['requiredParameters']>;

/** The input of a method, whoever checks it. */
export type TypedInput<M extends MethodTypes, R extends RequiredParameters> = R extends 'unchecked'
  ? UncheckedInput<M['input']>
  : M['input'];

/** The implementation of a method, as its MOF declares it. */
export type TypedMethod<C extends KnownClassName, M, R extends RequiredParameters = 'checked'> = M extends MethodTypes
  ? (
      input: TypedInput<M, R>,
      context: TypedMethodContext<C, M>,
    ) => TypedOutput<M['output']> | Promise<TypedOutput<M['output']>>
  : never;

/** What clients may do with the instances of a known class; see `InstanceRules`. */
export interface TypedInstanceRules<C extends KnownClassName> {
  readonly create?:
    | boolean
    | ((instance: NewCimInstanceOf<C>, context: InstanceContext) => CimInstance | Promise<CimInstance>);
  readonly modify?:
    | boolean
    | readonly PropertyName<PropertiesOf<C>>[]
    | ((
        instance: CimInstanceOf<C>,
        before: CimInstanceOf<C>,
        context: InstanceContext,
      ) => CimInstance | Promise<CimInstance>);
  readonly delete?: boolean | ((instance: CimInstanceOf<C>, context: InstanceContext) => void | Promise<void>);
}

/** What the provider of a known class has, by who checks required parameters. */
export interface TypedProviderParts<C extends KnownClassName, R extends RequiredParameters>
  extends Omit<Provider, 'className' | 'methods' | 'instances' | 'derived' | 'requiredParameters'> {
  readonly className: C;
  readonly methods: {
    readonly [M in keyof MethodsOf<C>]?:
      | TypedMethod<C, MethodsOf<C>[M], R>
      | PreparedMethod
      | { readonly exclusive: true; readonly run: TypedMethod<C, MethodsOf<C>[M], R> };
  };
  readonly instances?: TypedInstanceRules<C>;
  readonly derived?: {
    readonly [P in PropertyName<PropertiesOf<C>>]?: (
      instance: CimInstanceOf<C>,
      context: DerivationContext,
    ) => PropertiesOf<C>[P] | Promise<PropertiesOf<C>[P]>;
  };
}

/** The provider of a known class: methods, rules and instances have the types that its MOF declares. */
export type TypedProvider<C extends KnownClassName> =
  | (TypedProviderParts<C, 'checked'> & { readonly requiredParameters?: 'checked' })
  | (TypedProviderParts<C, 'unchecked'> & { readonly requiredParameters: 'unchecked' });

/**
 * The provider of a class: typed by its MOF where a file that `cimulator types` wrote is part of the program, and like any
 * {@link Provider} else.
 *
 * ```ts
 * const door: ProviderOf<'ACME_Door'> = { className: 'ACME_Door', methods: {}, instances: { delete: true } };
 * ```
 */
export type ProviderOf<C extends string> = C extends KnownClassName
  ? TypedProvider<C>
  : Provider & { readonly className: C };
