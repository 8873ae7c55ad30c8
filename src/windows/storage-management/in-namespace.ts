import type { DerivationContext, MethodContext } from '../../cim/contracts/provider.js';
import { CIMV2, STORAGE } from '../namespaces.js';

/** The context of a method for work in root/cimv2. Of the schema, which is that of the method's namespace, such work asks nothing. */
export function inCimv2(context: MethodContext): MethodContext {
  return inNamespace(context, CIMV2);
}

export function inStorage(context: MethodContext): MethodContext {
  return inNamespace(context, STORAGE);
}

function inNamespace(context: MethodContext, namespace: string): MethodContext {
  const { schema, user, signal, store, resolve, newUuid, now, explain, attempt, job, indicate, method, instance } =
    context;
  return {
    ...{ namespace, schema, user, signal, store, resolve, newUuid, now, explain, attempt, job, indicate },
    ...{ method, instance },
  };
}

/** The same for what derives a value. */
export function derivedInCimv2({ schema, store, now }: DerivationContext): DerivationContext {
  return { namespace: CIMV2, schema, store, now };
}
