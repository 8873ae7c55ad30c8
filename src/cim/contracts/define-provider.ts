import type { KnownClassName } from '../model/cim-classes.js';
import type { ProviderOf } from './typed-provider.js';

/** A type without its class name; of a union, each of its members. */
export type WithoutClassName<P> = P extends unknown ? Omit<P, 'className'> : never;

/** What a provider is apart from its class. */
export type ProviderDefinition<C extends string> = WithoutClassName<ProviderOf<C>>;

/**
 * Makes the provider of a class without naming a type: parameters, outputs and instances have those of the class.
 *
 * ```ts
 * const door = defineProvider('ACME_Door', {
 *   methods: {},
 *   instances: { create: (instance, { newUuid }) => instance.with({ DoorID: instance.get('DoorID') ?? newUuid() }) },
 * });
 * ```
 */
export function defineProvider<C extends KnownClassName | (string & {})>(
  className: C,
  definition: ProviderDefinition<C>,
): ProviderOf<C>;
export function defineProvider(className: string, definition: ProviderDefinition<string>): ProviderOf<string> {
  return { ...definition, className };
}
