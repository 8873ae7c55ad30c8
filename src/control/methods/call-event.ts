import type { Namespace } from '../../cim/contracts/namespaces.js';
import type { MethodInput } from '../../cim/contracts/provider.js';
import type { CimMethod } from '../../cim/model/cim-class.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import type { JsonElements, JsonInstance, JsonPath } from '../../cimjson/cim-json-types.js';
import { encodeElements, encodeInstance, encodePath } from '../../cimjson/encode.js';
import type { OutsideMethod } from './outside-methods.js';

/** A call as it is sent to whoever answers it, but for its id. */
export interface CallEvent {
  readonly method: { readonly id: string; readonly name: string };
  readonly namespace: string;
  /** Of the instance. */
  readonly class: string;
  readonly user?: string;
  readonly target: JsonPath;
  /** Missing for a static method that is called on its class. */
  readonly instance?: JsonInstance;
  readonly input: JsonElements;
}

/** What is called on what. */
export interface CallFacts {
  readonly space: Namespace;
  readonly method: CimMethod;
  readonly target: InstancePath;
  readonly instance: CimInstance | undefined;
  readonly className: string;
  readonly user: string | undefined;
}

export function callEvent(registered: Pick<OutsideMethod, 'id'>, facts: CallFacts, input: MethodInput): CallEvent {
  const { space, method, target, instance, className, user } = facts;
  const findClass = (name: string) => space.schema.findClass(name);
  return {
    method: { id: registered.id, name: method.name },
    namespace: space.name,
    class: className,
    ...(user !== undefined && { user }),
    target: encodePath(instance?.path ?? target, findClass),
    ...(instance && { instance: encodeInstance(instance, findClass) }),
    input: encodeElements(valuesOf(input), (name) => method.parameters.get(name)?.type, findClass),
  };
}

function* valuesOf(input: MethodInput): IterableIterator<readonly [string, CimValue]> {
  for (const [name, value] of Object.entries(input)) yield [name, value ?? null];
}
