import type { Call } from '../../cim/contracts/call.js';
import type { CimHandler, CimInterceptor } from '../../cim/contracts/cim-handler.js';
import type { CimOperationOf, InvokeMethodResult } from '../../cim/contracts/cim-operation.js';
import type { Namespaces } from '../../cim/contracts/namespaces.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { checkInput } from '../../cim/operations/check-input.js';
import { type CallEvent, callEvent } from './call-event.js';
import type { OutsideMethod } from './outside-methods.js';
import type { PendingCall } from './pending-calls.js';

/** Asks whoever answers a method. Undefined when nobody does any more: the call is the model's then. */
export type AskOutside = (
  found: OutsideMethod,
  asked: Pick<PendingCall, 'method' | 'schema' | 'heard'>,
  event: CallEvent,
  call: Call,
) => Promise<InvokeMethodResult> | undefined;

type Invocation = CimOperationOf<'InvokeMethod'>;

/**
 * Takes calls of some methods to others than the model. Without any method it is one comparison.
 *
 * @param list in the order of their registration: what was registered last counts
 */
export function interceptCalls(
  namespaces: Namespaces,
  list: () => readonly OutsideMethod[],
  ask: AskOutside,
): CimInterceptor {
  /** Before anything is looked up. */
  const mayBeMeant = (methods: readonly OutsideMethod[], namespace: string, name: string): boolean =>
    methods.some((one) => sameName(one.method, name) && sameName(one.namespace, namespace));

  async function intercept(operation: Invocation, call: Call, next: CimHandler): Promise<InvokeMethodResult> {
    const goOn = () => next(operation, call) as Promise<InvokeMethodResult>;
    const { target, method: name, input } = operation;
    const space = namespaces.findNamespace(target.namespace ?? '');
    const cimClass = space?.schema.findClass(target.className);
    const method = cimClass?.methods.get(name);
    if (!space || !cimClass || !method || !mayBeMeant(list(), space.name, name)) return goOn();
    const isClass = target.keys.size === 0 && cimClass.keys.length > 0;
    if (isClass && !method.isStatic) return goOn();
    const instance = isClass ? undefined : ((await next({ kind: 'GetInstance', path: target }, call)) as CimInstance);
    const className = instance?.className ?? cimClass.name;
    const found = list().findLast(
      (one) =>
        sameName(one.method, name) && sameName(one.namespace, space.name) && space.schema.isA(className, one.class),
    );
    if (!found) return goOn();
    const checked = checkInput({ namespaces }, space, method, input);
    const event = callEvent(found, { space, method, target, instance, className, user: call.user }, checked.input);
    return ask(found, { method, schema: space.schema }, event, call) ?? goOn();
  }

  return (next) => (operation, call) => {
    if (operation.kind !== 'InvokeMethod' || list().length === 0) return next(operation, call);
    return intercept(operation, call, next);
  };
}
