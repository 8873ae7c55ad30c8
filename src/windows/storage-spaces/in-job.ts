import type { InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { MethodContext } from '../../cim/contracts/provider.js';

/** The context of a method for work that its job does later, in a transaction of its own. What it would explain nobody waits for. */
export function inJob(context: MethodContext, store: InstanceTransaction, signal: AbortSignal): MethodContext {
  const { namespace, schema, user, resolve, newUuid, now, attempt, job, indicate, method, instance } = context;
  return {
    ...{ namespace, schema, user, signal, store, resolve, newUuid, now, attempt, job, indicate, method, instance },
    explain: () => undefined,
  };
}
