import type { MethodContext, MethodImplementation, MethodInput, MethodOutput } from '../cim/contracts/provider.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { InstancePath } from '../cim/model/instance-path.js';

/** An instance as the store has it: with its path. */
export type StoredInstance = CimInstance & { readonly path: InstancePath };

/** A method that is called on an instance and on nothing else; the broker sees to that by the declaration. */
export type OnInstance = (
  instance: StoredInstance,
  input: MethodInput,
  context: MethodContext,
) => MethodOutput | Promise<MethodOutput>;

/**
 * What is known to be in the store, or about to be put there.
 *
 * @throws TypeError when it has no path: it is embedded in something
 */
export function stored(instance: CimInstance): StoredInstance;
export function stored(instance: CimInstance | undefined): StoredInstance | undefined;
export function stored(instance: CimInstance | undefined): StoredInstance | undefined {
  if (instance === undefined || hasPath(instance)) return instance;
  throw new TypeError(`an instance of ${instance.className} has no path`);
}

function hasPath(instance: CimInstance): instance is StoredInstance {
  return instance.path !== undefined;
}

export function onInstance(method: OnInstance): MethodImplementation {
  return (input, context) => {
    const { instance } = context;
    if (!instance) throw new TypeError(`${context.method.name} was called without an instance`);
    return method(stored(instance), input, context);
  };
}
