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

export function onInstance(method: OnInstance): MethodImplementation {
  return (input, context) => {
    const { instance } = context;
    if (!instance?.path) throw new TypeError(`${context.method.name} was called without an instance`);
    return method(instance as StoredInstance, input, context);
  };
}

/** The answer of a method that did not do what was asked, and why. */
export function refusal({ explain }: Pick<MethodContext, 'explain'>, code: number, why: string): MethodOutput {
  explain(why);
  return { ReturnValue: code };
}
