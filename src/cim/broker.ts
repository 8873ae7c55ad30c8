import type { CimClass } from './cim-class.js';
import { CimError } from './cim-error.js';
import type { CimInstance } from './cim-instance.js';
import type { InstancePath } from './instance-path.js';
import { normalizeNamespace } from './instance-path.js';
import type { InstanceStore } from './instance-store.js';
import { NameMap } from './name-map.js';
import { type AssociationFilter, associators, references } from './operations/associators.js';
import { getInstance } from './operations/get-instance.js';
import { type InvokeMethodRequest, type InvokeMethodResult, invokeMethod } from './operations/invoke-method.js';
import type { Provider } from './provider.js';
import type { Schema } from './schema.js';
import type { UuidSource } from './uuid-source.js';

/** One namespace that the broker serves. */
export interface BrokerNamespace {
  readonly name: string;
  readonly schema: Schema;
  readonly providers: NameMap<Provider>;
}

/** What the operations work with. */
export interface BrokerContext {
  readonly store: InstanceStore;
  readonly newUuid: UuidSource;
  /** @throws CimError InvalidNamespace */
  getNamespace(name: string): BrokerNamespace;
  findNamespace(name: string): BrokerNamespace | undefined;
}

export interface BrokerOptions {
  readonly namespaces: readonly {
    readonly name: string;
    readonly schema: Schema;
    readonly providers?: readonly Provider[];
  }[];
  readonly store: InstanceStore;
  readonly newUuid: UuidSource;
}

/** The CIM operations, by their names in DSP0223, on typed values. */
export interface Broker {
  /** @throws CimError InvalidNamespace */
  getNamespace(name: string): BrokerNamespace;
  findNamespace(name: string): BrokerNamespace | undefined;
  /** @throws CimError InvalidNamespace, InvalidClass */
  getClass(namespace: string, className: string): CimClass;
  /** @throws CimError InvalidNamespace, InvalidClass, NotFound */
  getInstance(path: InstancePath): Promise<CimInstance>;
  /** The instances at the other ends of the path's associations. */
  associators(path: InstancePath, filter?: AssociationFilter): Promise<readonly CimInstance[]>;
  /** The association instances that refer to the path. */
  references(path: InstancePath, filter?: AssociationFilter): Promise<readonly CimInstance[]>;
  /** @throws CimError when the call itself is wrong; a method's own failure is its ReturnValue */
  invokeMethod(request: InvokeMethodRequest): Promise<InvokeMethodResult>;
}

/** Joins schemas, providers and a store to a CIM server without a protocol. */
export function createBroker(options: BrokerOptions): Broker {
  const namespaces = new NameMap<BrokerNamespace>();
  for (const { name, schema, providers = [] } of options.namespaces) {
    const byClass = new NameMap(providers.map((provider) => [provider.className, provider] as const));
    namespaces.set(normalizeNamespace(name), { name, schema, providers: byClass });
  }
  const findNamespace = (name: string) => namespaces.get(name) ?? namespaces.get(normalizeNamespace(name));
  const getNamespace = (name: string) => {
    const found = findNamespace(name);
    if (!found) throw new CimError('InvalidNamespace', `Namespace ${name} does not exist.`);
    return found;
  };
  const context: BrokerContext = { store: options.store, newUuid: options.newUuid, getNamespace, findNamespace };
  return {
    getNamespace,
    findNamespace,
    getClass: (namespace, className) => getNamespace(namespace).schema.getClass(className),
    getInstance: (path) => getInstance(context, path),
    associators: (path, filter = {}) => associators(context, path, filter),
    references: (path, filter = {}) => references(context, path, filter),
    invokeMethod: (request) => invokeMethod(context, request),
  };
}
