import type { KnownClassName, MethodNameOf, MethodsOf, MethodTypes } from './cim-classes.js';
import type { CimDateTime } from './cim-date-time.js';
import type { CimValue } from './cim-value.js';
import type { NameMap } from './name-map.js';

/** What a method of a known class takes and gives back. */
export type MethodTypesOf<C extends KnownClassName, M extends MethodNameOf<C>> = Extract<MethodsOf<C>[M], MethodTypes>;

/** Output parameters by name. A server may leave one out. */
export type MethodOutputs<O> = {
  get<N extends Exclude<Extract<keyof O, string>, 'ReturnValue'>>(name: N): O[N] | undefined;
} & NameMap<CimValue>;

/** What a program may write down for a value of type `T`: a number for a 64-bit integer, a Date for a datetime. */
export type LooseValueFor<T> = T extends bigint
  ? bigint | number
  : T extends CimDateTime
    ? CimDateTime | Date
    : T extends readonly (infer E)[]
      ? readonly LooseValueFor<E>[]
      : T;

/** Values by name that a program may write down for these. */
export type LooseValues<T> = { readonly [N in keyof T]: LooseValueFor<T[N]> };
