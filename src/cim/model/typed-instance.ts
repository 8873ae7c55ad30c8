import type { KnownClassName, PropertiesOf } from './cim-classes.js';
import type { CimInstance } from './cim-instance.js';
import type { InstancePath } from './instance-path.js';

/** Names of properties, as their class spells them. */
export type PropertyName<P> = Extract<keyof P, string>;

/**
 * An instance whose properties have the types that its class declares. It is a {@link CimInstance}, and can be treated as one to
 * get at what a subclass adds.
 *
 * @typeParam P types by the properties' names
 */
export interface TypedInstance<P extends object> extends Omit<CimInstance, 'get' | 'getString' | 'with' | 'at'> {
  get<N extends PropertyName<P>>(name: N): P[N];
  getString(name: PropertyName<P>): string | undefined;
  with(changes: Readonly<Partial<P>>): TypedInstance<P>;
  at(path: InstancePath): TypedInstance<P>;
}

/** An instance of a known class. */
export type CimInstanceOf<C extends KnownClassName> = TypedInstance<PropertiesOf<C>>;

/** An instance that a client asks to be created: every property may be missing still. */
export type NewCimInstanceOf<C extends KnownClassName> = TypedInstance<{
  [N in keyof PropertiesOf<C>]: PropertiesOf<C>[N] | null;
}>;
