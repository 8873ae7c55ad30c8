import type { MethodContext } from '../../cim/contracts/provider.js';
import type { MachineContext } from '../machine.js';
import { CIMV2 } from '../namespaces.js';

/** The context of a method for work in root/cimv2. Of the schema, which is that of the method's namespace, such work asks nothing. */
export function inCimv2(context: MethodContext): MethodContext {
  const namespace = CIMV2;
  const { schema, user, signal, store, resolve, newUuid, now, explain, attempt, job, indicate, method, instance } =
    context;
  return {
    ...{ namespace, schema, user, signal, store, resolve, newUuid, now, explain, attempt, job, indicate },
    ...{ method, instance },
  };
}

/** The same for work that is no method's: a restart, say. */
export function machineOf({ schema, store, now }: MachineContext): MachineContext {
  return { namespace: CIMV2, schema, store, now };
}
