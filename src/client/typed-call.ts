import type { CimClass } from '../cim/model/cim-class.js';
import type { KnownClassName, MethodNameOf } from '../cim/model/cim-classes.js';
import type { CimDateTime } from '../cim/model/cim-date-time.js';
import type { MethodOutputs, MethodTypesOf } from '../cim/model/typed-method.js';
import type { TypedValue } from './client-value.js';
import type { InvokeResult } from './message/read-invoke-result.js';

/** What a client may give for a value of type `T`: a number for a 64-bit integer, a Date for a datetime, a marked value. */
export type ClientValueFor<T> = T extends bigint
  ? bigint | number | TypedValue
  : T extends CimDateTime
    ? CimDateTime | Date | TypedValue
    : T extends readonly (infer E)[]
      ? readonly ClientValueFor<NonNullable<E>>[]
      : T extends null | undefined
        ? T
        : Exclude<T, CimClass> | TypedValue;

/** The parameters of a method of a known class, as a client gives them. */
export type MethodParameters<C extends KnownClassName, M extends MethodNameOf<C>> = {
  readonly [N in keyof MethodTypesOf<C, M>['input']]: ClientValueFor<MethodTypesOf<C, M>['input'][N]>;
};

/** What a method of a known class returned. The types are those of the file that `cimulator types` wrote. */
export interface TypedInvokeResult<C extends KnownClassName, M extends MethodNameOf<C>> extends InvokeResult {
  readonly outputs: MethodOutputs<MethodTypesOf<C, M>['output']>;
}
