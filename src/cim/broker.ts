import type { CimClass } from './cim-class.js';
import { CimError } from './cim-error.js';
import type { CimInstance } from './cim-instance.js';
import type { CimValue } from './cim-value.js';
import type { InstancePath } from './instance-path.js';
import { normalizeNamespace } from './instance-path.js';
import type { InstanceStore } from './instance-store.js';
import { NameMap } from './name-map.js';
import { associatorClasses, referenceClasses } from './operations/associated-classes.js';
import { type AssociationFilter, associators, references } from './operations/associators.js';
import { countInstances } from './operations/count-instances.js';
import { createInstance } from './operations/create-instance.js';
import { deleteInstance } from './operations/delete-instance.js';
import { type ClassSelection, enumerateClasses } from './operations/enumerate-classes.js';
import { type InstanceBatch, openInstances, pullInstances } from './operations/enumerate-instances.js';
import { findInstances } from './operations/find-instances.js';
import { getInstance, namespaceOf } from './operations/get-instance.js';
import type { InstanceCursor } from './operations/instance-cursor.js';
import { type InvokeMethodRequest, type InvokeMethodResult, invokeMethod } from './operations/invoke-method.js';
import { modifyInstance } from './operations/modify-instance.js';
import type { OperationCall } from './operations/write-instances.js';
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
  /** The classes at the other ends of the associations that are declared for the path's class. */
  associatorClasses(path: InstancePath, filter?: AssociationFilter): readonly CimClass[];
  /** The associations that are declared for the path's class. */
  referenceClasses(path: InstancePath, filter?: AssociationFilter): readonly CimClass[];
  /** @throws CimError InvalidNamespace, InvalidClass */
  enumerateClasses(namespace: string, selection: ClassSelection): readonly CimClass[];
  /** Where an enumeration of a class, with or without its subclasses, begins. @throws CimError InvalidNamespace, InvalidClass */
  openInstances(
    namespace: string,
    className: string,
    options: { readonly subclasses: boolean },
  ): Promise<InstanceCursor>;
  /** At most `limit` instances from the cursor on. */
  pullInstances(cursor: InstanceCursor, limit: number): Promise<InstanceBatch>;
  /** About how many instances the whole walk of a cursor shows. */
  countInstances(cursor: InstanceCursor): Promise<number>;
  /**
   * The instances of a class and its subclasses whose properties have these values, when keys or an index find them;
   * undefined when only a scan can.
   *
   * @throws CimError InvalidNamespace, InvalidClass, NoSuchProperty
   */
  findInstances(
    namespace: string,
    className: string,
    equalities: NameMap<CimValue>,
  ): Promise<readonly CimInstance[] | undefined>;
  /**
   * Stores a new instance, all or nothing.
   *
   * @throws CimError InvalidNamespace, InvalidClass, NotSupported, NoSuchProperty, TypeMismatch, InvalidParameter,
   *   AlreadyExists
   */
  createInstance(namespace: string, instance: CimInstance, call?: OperationCall): Promise<InstancePath>;
  /**
   * Gives properties of an instance new values, all or nothing, and leaves the others.
   *
   * @throws CimError InvalidNamespace, InvalidClass, NotFound, NotSupported, NoSuchProperty, TypeMismatch,
   *   InvalidParameter
   */
  modifyInstance(path: InstancePath, changes: NameMap<CimValue>, call?: OperationCall): Promise<CimInstance>;
  /** @throws CimError InvalidNamespace, InvalidClass, NotFound, NotSupported, Failed when something refers to it */
  deleteInstance(path: InstancePath, call?: OperationCall): Promise<void>;
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
    associatorClasses: (path, filter = {}) =>
      associatorClasses(namespaceOf(context, path).schema, path.className, filter),
    referenceClasses: (path, filter = {}) =>
      referenceClasses(namespaceOf(context, path).schema, path.className, filter),
    enumerateClasses: (namespace, selection) => enumerateClasses(getNamespace(namespace).schema, selection),
    openInstances: (namespace, className, choice) => openInstances(context, namespace, className, choice),
    pullInstances: (cursor, limit) => pullInstances(context, cursor, limit),
    countInstances: (cursor) => countInstances(context, cursor),
    findInstances: (namespace, className, equalities) => findInstances(context, namespace, className, equalities),
    createInstance: (namespace, instance, call = {}) => createInstance(context, namespace, instance, call),
    modifyInstance: (path, changes, call = {}) => modifyInstance(context, path, changes, call),
    deleteInstance: (path, call = {}) => deleteInstance(context, path, call),
    invokeMethod: (request) => invokeMethod(context, request),
  };
}
