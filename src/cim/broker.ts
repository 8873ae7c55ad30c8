import type { Call } from './contracts/call.js';
import type { CimHandler } from './contracts/cim-handler.js';
import type {
  AssociationFilter,
  CimOperation,
  CimOperationKind,
  CimOperationOf,
  CimResultOf,
  ClassSelection,
  InstanceBatch,
  InstanceCursor,
  InvokeMethodResult,
} from './contracts/cim-operation.js';
import type { CimClass } from './model/cim-class.js';
import type { CimInstance } from './model/cim-instance.js';
import type { CimValue } from './model/cim-value.js';
import type { InstancePath } from './model/instance-path.js';
import type { NameMap } from './model/name-map.js';

/** A method call as the {@link Broker} takes it. */
export interface InvokeMethodRequest {
  readonly namespace: string;
  /** The instance; for a static method its class alone may be named, with a path that has no keys. */
  readonly target: InstancePath;
  readonly methodName: string;
  /** Typed values by parameter name. */
  readonly input: NameMap<CimValue>;
}

/**
 * The comfortable face of a {@link CimHandler}: a method for each CIM operation, on typed values. What they ask, answer and
 * throw is what {@link CimOperations} says.
 */
export interface Broker {
  getClass(namespace: string, className: string): Promise<CimClass>;
  enumerateClasses(namespace: string, selection: ClassSelection): Promise<readonly CimClass[]>;
  getInstance(path: InstancePath): Promise<CimInstance>;
  openInstances(
    namespace: string,
    className: string,
    options: { readonly subclasses: boolean },
  ): Promise<InstanceCursor>;
  pullInstances(cursor: InstanceCursor, limit: number): Promise<InstanceBatch>;
  countInstances(cursor: InstanceCursor): Promise<number>;
  findInstances(
    namespace: string,
    className: string,
    equalities: NameMap<CimValue>,
  ): Promise<readonly CimInstance[] | undefined>;
  associators(path: InstancePath, filter?: AssociationFilter): Promise<readonly CimInstance[]>;
  references(path: InstancePath, filter?: AssociationFilter): Promise<readonly CimInstance[]>;
  associatorClasses(path: InstancePath, filter?: AssociationFilter): Promise<readonly CimClass[]>;
  referenceClasses(path: InstancePath, filter?: AssociationFilter): Promise<readonly CimClass[]>;
  createInstance(namespace: string, instance: CimInstance): Promise<InstancePath>;
  modifyInstance(path: InstancePath, changes: NameMap<CimValue>): Promise<CimInstance | undefined>;
  deleteInstance(path: InstancePath): Promise<void>;
  invokeMethod(request: InvokeMethodRequest): Promise<InvokeMethodResult>;
}

/**
 * The operations of a handler for a call.
 *
 * @param call a function for callers that make many calls: each operation is one of its own then
 */
export function brokerOf(handler: CimHandler, call: Call | (() => Call)): Broker {
  return new HandlerBroker(handler, call);
}

/** A class, since one is made for each message. */
class HandlerBroker implements Broker {
  readonly #handler: CimHandler;
  readonly #call: Call | (() => Call);

  constructor(handler: CimHandler, call: Call | (() => Call)) {
    this.#handler = handler;
    this.#call = call;
  }

  #ask<K extends CimOperationKind>(operation: CimOperationOf<K>): Promise<CimResultOf<K>> {
    const call = typeof this.#call === 'function' ? this.#call() : this.#call;
    // What a handler answers is of the operation's kind.
    return this.#handler(operation as unknown as CimOperation, call) as Promise<CimResultOf<K>>;
  }

  getClass(namespace: string, className: string) {
    return this.#ask<'GetClass'>({ kind: 'GetClass', namespace, className });
  }

  enumerateClasses(namespace: string, { className, deep, inclusive }: ClassSelection) {
    return this.#ask<'EnumerateClasses'>({ kind: 'EnumerateClasses', namespace, className, deep, inclusive });
  }

  getInstance(path: InstancePath) {
    return this.#ask<'GetInstance'>({ kind: 'GetInstance', path });
  }

  openInstances(namespace: string, className: string, { subclasses }: { readonly subclasses: boolean }) {
    return this.#ask<'EnumerateInstances'>({ kind: 'EnumerateInstances', namespace, className, subclasses });
  }

  pullInstances(cursor: InstanceCursor, limit: number) {
    return this.#ask<'PullInstances'>({ kind: 'PullInstances', cursor, limit });
  }

  countInstances(cursor: InstanceCursor) {
    return this.#ask<'CountInstances'>({ kind: 'CountInstances', cursor });
  }

  findInstances(namespace: string, className: string, equalities: NameMap<CimValue>) {
    return this.#ask<'FindInstances'>({ kind: 'FindInstances', namespace, className, equalities });
  }

  associators(path: InstancePath, filter: AssociationFilter = {}) {
    return this.#ask<'Associators'>({ kind: 'Associators', path, filter });
  }

  references(path: InstancePath, filter: AssociationFilter = {}) {
    return this.#ask<'References'>({ kind: 'References', path, filter });
  }

  associatorClasses(path: InstancePath, filter: AssociationFilter = {}) {
    return this.#ask<'AssociatorClasses'>({ kind: 'AssociatorClasses', path, filter });
  }

  referenceClasses(path: InstancePath, filter: AssociationFilter = {}) {
    return this.#ask<'ReferenceClasses'>({ kind: 'ReferenceClasses', path, filter });
  }

  createInstance(namespace: string, instance: CimInstance) {
    return this.#ask<'CreateInstance'>({ kind: 'CreateInstance', namespace, instance });
  }

  modifyInstance(path: InstancePath, changes: NameMap<CimValue>) {
    return this.#ask<'ModifyInstance'>({ kind: 'ModifyInstance', path, changes });
  }

  deleteInstance(path: InstancePath) {
    return this.#ask<'DeleteInstance'>({ kind: 'DeleteInstance', path });
  }

  invokeMethod({ namespace, target, methodName: method, input }: InvokeMethodRequest) {
    const here = target.namespace === namespace ? target : target.inNamespace(namespace);
    return this.#ask<'InvokeMethod'>({ kind: 'InvokeMethod', target: here, method, input });
  }
}
