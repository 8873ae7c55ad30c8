import type { MethodContext, MethodImplementation, Provider } from '../cim/contracts/provider.js';
import type { UncheckedInput } from '../cim/contracts/typed-provider.js';
import type { MethodTypes } from '../cim/model/cim-classes.js';
import type { MSISCSITARGET_StorageConfigurationService } from './generated/msiscsitarget-storage-configuration-service.js';

/** The generated types of the classes that have a provider. */
interface ProviderClasses {
  MSISCSITARGET_StorageConfigurationService: MSISCSITARGET_StorageConfigurationService;
}

/** The methods here check by themselves what is required, and name every output, so that a misspelt one is found. */
type TypedMethod<M> = M extends MethodTypes
  ? (input: UncheckedInput<M['input']>, context: MethodContext) => Promise<M['output']>
  : never;

type MethodsOf<C extends keyof ProviderClasses> = ProviderClasses[C]['methods'];

interface ProviderDefinition<C extends keyof ProviderClasses> {
  readonly methods: { readonly [M in keyof MethodsOf<C>]?: TypedMethod<MethodsOf<C>[M]> };
  readonly otherMethods?: NonNullable<Provider['otherMethods']>;
}

/** The implementation type of a method, to declare it in a file of its own. */
export type MethodOf<C extends keyof ProviderClasses, M extends keyof MethodsOf<C>> = TypedMethod<MethodsOf<C>[M]>;

/**
 * Makes the provider of a class. Methods, parameters and results have the types that the class's MOF declares, so that
 * a misspelt or mistyped one does not compile.
 */
export function defineProvider<C extends keyof ProviderClasses>(
  className: C,
  definition: ProviderDefinition<C>,
): Provider {
  return {
    className,
    // The broker checks input against the MOF that the types were generated from, before any method sees it.
    methods: definition.methods as Readonly<Record<string, MethodImplementation>>,
    // The value maps of SMI-S methods have a code for it: 5, Invalid Parameter.
    requiredParameters: 'unchecked',
    ...(definition.otherMethods && { otherMethods: definition.otherMethods }),
  };
}
