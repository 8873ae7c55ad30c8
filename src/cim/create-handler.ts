import type { Call } from './contracts/call.js';
import type { Cancellation } from './contracts/cancellation.js';
import type { CimHandler } from './contracts/cim-handler.js';
import type {
  CimOperation,
  CimOperationKind,
  CimOperationOf,
  CimResult,
  CimResultOf,
} from './contracts/cim-operation.js';
import type { InstanceStore } from './contracts/instance-store.js';
import { namespaceOf } from './contracts/namespace-of.js';
import type { Namespace, Namespaces } from './contracts/namespaces.js';
import type { InstanceRules, Provider } from './contracts/provider.js';
import type { JobRun, ProviderHost } from './contracts/provider-host.js';
import type { UuidSource } from './contracts/uuid-source.js';
import type { NameMap } from './model/name-map.js';
import { associatorClasses, referenceClasses } from './operations/associated-classes.js';
import { associators, references } from './operations/associators.js';
import { countInstances } from './operations/count-instances.js';
import { createInstance } from './operations/create-instance.js';
import { deleteInstance } from './operations/delete-instance.js';
import { enumerateClasses } from './operations/enumerate-classes.js';
import { openInstances, pullInstances } from './operations/enumerate-instances.js';
import { findInstances } from './operations/find-instances.js';
import { getClass } from './operations/get-class.js';
import { getInstance, spaceOf } from './operations/get-instance.js';
import { invokeMethod } from './operations/invoke-method.js';
import { modifyInstance } from './operations/modify-instance.js';
import type { Derivations } from './providers/derivations.js';
import type { ClassProvider } from './providers/join-providers.js';

/** A namespace with the behaviour of its classes. */
export interface ServedNamespace extends Namespace {
  readonly providers: NameMap<ClassProvider>;
  /** Which values are made when they are read. */
  readonly derivations: Derivations;
  readonly host: ProviderHost;
  /** What clients may do with instances that no provider has rules for; when left out, as they like: such instances are data. */
  readonly unprovided?: InstanceRules | undefined;
  /** What methods without an implementation answer where no provider says it; left out, as {@link Provider.otherMethods} has it. */
  readonly otherMethods?: OtherMethods | undefined;
  /** What begins jobs for an operation on the model as it is now. */
  jobs(): (run: JobRun) => void;
  /**
   * To be called, and waited for, before {@link providers} and {@link derivations} are looked at: some come when the namespace is first
   * used. Undefined when all are there.
   */
  readonly waiting?: (() => Promise<void>) | undefined;
}

/** By the class that a method is called on. */
export type OtherMethods = (className: string) => Provider['otherMethods'];

/** How often the model as a whole has gone back to an earlier state. */
export interface Epoch {
  readonly current: number;
}

/** What the operations work with. */
export interface HandlerContext {
  readonly store: InstanceStore;
  readonly newUuid: UuidSource;
  readonly namespaces: Namespaces<ServedNamespace>;
  /** Left out where it never does. */
  readonly epoch?: Epoch | undefined;
  /** Methods under way beside which nobody commits, for whoever cannot wait for them for ever. */
  readonly exclusive?: Set<Cancellation> | undefined;
}

type Implementation<K extends CimOperationKind> = (
  context: HandlerContext,
  operation: CimOperationOf<K>,
  call: Call,
) => Promise<CimResultOf<K>>;

/** Each kind's file. Those that wait for nothing are asynchronous all the same, so that what they throw is an answer. */
const implementations: { readonly [K in CimOperationKind]: Implementation<K> } = {
  GetClass: async ({ namespaces }, { namespace, className }) => getClass(namespaces.getNamespace(namespace), className),
  EnumerateClasses: async ({ namespaces }, operation) =>
    enumerateClasses(namespaces.getNamespace(operation.namespace).schema, operation),
  GetInstance: (context, { path }, call) => getInstance(context, path, call),
  EnumerateInstances: (context, { namespace, className, subclasses }) =>
    openInstances(context, namespace, className, { subclasses }),
  PullInstances: (context, { cursor, limit }, call) => pullInstances(context, cursor, limit, call),
  CountInstances: (context, { cursor }) => countInstances(context, cursor),
  FindInstances: findInstances,
  Associators: (context, { path, filter }, call) => associators(context, path, filter, call),
  References: (context, { path, filter }, call) => references(context, path, filter, call),
  AssociatorClasses: async (context, { path, filter }) =>
    associatorClasses(spaceOf(context, path).schema, path.className, filter),
  ReferenceClasses: async (context, { path, filter }) =>
    referenceClasses(spaceOf(context, path).schema, path.className, filter),
  CreateInstance: (context, { namespace, instance }, call) => createInstance(context, namespace, instance, call),
  ModifyInstance: (context, { path, changes }, call) => modifyInstance(context, path, changes, call),
  DeleteInstance: (context, { path }, call) => deleteInstance(context, path, call),
  InvokeMethod: invokeMethod,
};

/** What is answered from declarations alone, and needs neither instances nor anybody's behaviour. */
export const DECLARATIONS: ReadonlySet<CimOperationKind> = new Set([
  'GetClass',
  'EnumerateClasses',
  'AssociatorClasses',
  'ReferenceClasses',
]);

/** The handler behind all interceptors: schemas, providers and a store as a CIM server without a protocol. */
export function createHandler(context: HandlerContext): CimHandler {
  const handle: CimHandler = (operation, call) => {
    // The table has for each kind the function of that kind.
    const carryOut = implementations[operation.kind] as (
      context: HandlerContext,
      operation: CimOperation,
      call: Call,
    ) => Promise<CimResult>;
    return carryOut(context, operation, call);
  };
  // Asked only where anybody may be waited for, and of a namespace that is used.
  if (![...context.namespaces].some(({ waiting }) => waiting !== undefined)) return handle;
  return (operation, call) => {
    const namespace = DECLARATIONS.has(operation.kind) ? undefined : namespaceOf(operation);
    const waiting = namespace === undefined ? undefined : context.namespaces.findNamespace(namespace)?.waiting;
    return waiting === undefined ? handle(operation, call) : waiting().then(() => handle(operation, call));
  };
}
