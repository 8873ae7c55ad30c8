import type { Call } from './call.js';
import type { CimOperation, CimOperationKind, CimOperationOf, CimResult, CimResultOf } from './cim-operation.js';

/** Carries out CIM operations. The answer is that of the operation's kind ({@link CimOperations}). */
export type CimHandler = (operation: CimOperation, call: Call) => Promise<CimResult>;

/**
 * Stands before a handler and sees every operation on its way in, and its answer on the way out: it may change either,
 * answer by itself, fail, wait, or note what it sees.
 *
 * ```ts
 * import { setTimeout } from 'node:timers/promises';
 * import type { CimInterceptor } from 'cimulator';
 *
 * const slow: CimInterceptor = (next) => async (operation, call) => {
 *   if (operation.kind === 'InvokeMethod') await setTimeout(500);
 *   return next(operation, call);
 * };
 * ```
 */
export type CimInterceptor = (next: CimHandler) => CimHandler;

/** The first interceptor sees an operation first. Without any it is the handler itself, and costs nothing. */
export function compose(interceptors: readonly CimInterceptor[], handler: CimHandler): CimHandler {
  return interceptors.reduceRight((next, intercept) => intercept(next), handler);
}

/**
 * An interceptor for the operations of one kind, with its types.
 *
 * ```ts
 * import { NameMap, onOperation } from 'cimulator';
 *
 * const busy = onOperation('InvokeMethod', async (operation, call, next) => {
 *   if (operation.method !== 'CreateOrModifyReplicationPipe') return next(operation, call);
 *   return { returnValue: 4, outputs: new NameMap() };
 * });
 * ```
 */
export function onOperation<K extends CimOperationKind>(
  kind: K,
  handle: (
    operation: CimOperationOf<K>,
    call: Call,
    next: (operation: CimOperationOf<K>, call: Call) => Promise<CimResultOf<K>>,
  ) => Promise<CimResultOf<K>>,
): CimInterceptor {
  return (next) => {
    // What a handler answers is of the operation's kind.
    const typed = (operation: CimOperationOf<K>, call: Call) =>
      next(operation as unknown as CimOperation, call) as Promise<CimResultOf<K>>;
    return (operation, call) =>
      operation.kind === kind ? handle(operation as unknown as CimOperationOf<K>, call, typed) : next(operation, call);
  };
}
