import { type Broker, brokerOf } from '../cim/broker.js';
import { type Access, mayReadClass } from '../cim/contracts/access.js';
import { accessDenied, checkClass } from '../cim/contracts/access-denied.js';
import type { Call } from '../cim/contracts/call.js';
import type { CimInterceptor } from '../cim/contracts/cim-handler.js';
import type {
  AssociationFilter,
  CimOperation,
  CimOperationKind,
  CimOperationOf,
  CimResult,
  CimResultOf,
} from '../cim/contracts/cim-operation.js';
import type { Namespace, Namespaces } from '../cim/contracts/namespaces.js';
import { LongWork } from '../cim/long-work.js';
import type { CimClass } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { InstancePath } from '../cim/model/instance-path.js';
import { shorten } from '../cim/model/shorten.js';

/**
 * Lets a restricted caller have what its roles allow. What names a class that the caller may not use is refused; of a class
 * that it may use in part, through its subclasses, everything else is as if it were not there. Associations lead from an
 * instance, over associations, to instances that may all be used.
 *
 * A method, and the rules of a provider, do what they do: they are behind the guard.
 */
export function guard(namespaces: Namespaces): CimInterceptor {
  return (next) => (operation, call) => {
    if (call.access === undefined) return next(operation, call);
    const guarded = guardedOperations[operation.kind] as (
      asked: Guarded,
      operation: CimOperation,
    ) => Promise<CimResult>;
    return guarded(new Guarded(namespaces, call.access, brokerOf(next, call), call), operation);
  };
}

/** What a caller with some access may see and do. */
class Guarded {
  readonly access: Access;
  /** What is behind the guard. */
  readonly broker: Broker;
  readonly #namespaces: Namespaces;
  readonly #call: Call;

  constructor(namespaces: Namespaces, access: Access, broker: Broker, call: Call) {
    this.#namespaces = namespaces;
    this.access = access;
    this.broker = broker;
    this.#call = call;
  }

  /** @throws CimError InvalidNamespace */
  getNamespace(name: string): Namespace {
    return this.#namespaces.getNamespace(name);
  }

  /** @throws CimError InvalidNamespace, AccessDenied */
  requireReach(namespace: string, className: string): void {
    const space = this.getNamespace(namespace);
    const cimClass = space.schema.findClass(className);
    if (cimClass && this.access.reaches(space, cimClass)) return;
    checkClass(this.access, space.name, cimClass, className);
  }

  isAllowed(namespace: string | undefined, className: string): boolean {
    const space = namespace === undefined ? undefined : this.#namespaces.findNamespace(namespace);
    const cimClass = space?.schema.findClass(className);
    return space !== undefined && cimClass !== undefined && this.access.allows(space.name, cimClass);
  }

  areVisible(instances: readonly CimInstance[]): Promise<readonly CimInstance[]> {
    const { cancellation } = this.#call;
    return new LongWork(cancellation).filter(instances, ({ path, className }) =>
      this.isAllowed(path?.namespace, className),
    );
  }

  areAllowed(namespace: string, classes: readonly CimClass[]): readonly CimClass[] {
    return classes.filter((cimClass) => this.access.allows(namespace, cimClass));
  }

  /** The instance a path means, as far as the caller is concerned. @throws CimError AccessDenied, NotFound */
  async getInstance(path: InstancePath): Promise<CimInstance> {
    if (path.namespace !== undefined) this.requireReach(path.namespace, path.className);
    const instance = await this.broker.getInstance(path);
    if (this.isAllowed(instance.path?.namespace, instance.className)) return instance;
    throw new CimError('NotFound', `There is no instance ${shorten(path.toString(), 500)}.`);
  }

  /**
   * The path to act on: that of the instance itself where the class named is allowed in part only, so that what is acted on
   * is what has been checked.
   */
  async checkedPath(path: InstancePath): Promise<InstancePath> {
    if (this.isAllowed(path.namespace, path.className)) return path;
    return (await this.getInstance(path)).path ?? path;
  }

  /** The filter that leads only over associations that may be used. */
  restrict(path: InstancePath, filter: AssociationFilter): AssociationFilter {
    if (path.namespace === undefined) return filter; // Refused behind the guard: nothing is looked up without a namespace.
    this.requireReach(path.namespace, path.className);
    for (const className of [filter.associationClass, filter.resultClass])
      if (className !== undefined) this.requireReach(path.namespace, className);
    return { ...filter, onlyAssociations: this.access.associations(this.getNamespace(path.namespace)) };
  }

  /** Whether the caller may be shown what became of an instance that it may change. */
  mayRead({ path, className }: CimInstance): boolean {
    const space = path?.namespace === undefined ? undefined : this.#namespaces.findNamespace(path.namespace);
    const cimClass = space?.schema.findClass(className);
    return cimClass !== undefined && mayReadClass(this.access.permissions, space?.name ?? '', cimClass);
  }
}

const guardedOperations: {
  readonly [K in CimOperationKind]: (asked: Guarded, operation: CimOperationOf<K>) => Promise<CimResultOf<K>>;
} = {
  async GetClass(asked, { namespace, className }) {
    const { name, schema } = asked.getNamespace(namespace);
    checkClass(asked.access, name, schema.findClass(className), className);
    return asked.broker.getClass(namespace, className);
  },
  async EnumerateClasses(asked, operation) {
    if (operation.className !== undefined) asked.requireReach(operation.namespace, operation.className);
    return asked.areAllowed(operation.namespace, await asked.broker.enumerateClasses(operation.namespace, operation));
  },
  GetInstance: async (asked, { path }) => asked.getInstance(path),
  async EnumerateInstances(asked, { namespace, className, subclasses }) {
    asked.requireReach(namespace, className);
    const cursor = await asked.broker.openInstances(namespace, className, { subclasses });
    return { ...cursor, classNames: cursor.classNames.filter((name) => asked.isAllowed(cursor.namespace, name)) };
  },
  async PullInstances(asked, { cursor, limit }) {
    // Roles may have changed since the walk began.
    const { instances, next } = await asked.broker.pullInstances(cursor, limit);
    return { instances: await asked.areVisible(instances), next };
  },
  CountInstances: ({ broker }, { cursor }) => broker.countInstances(cursor),
  async FindInstances(asked, { namespace, className, equalities }) {
    asked.requireReach(namespace, className);
    const found = await asked.broker.findInstances(namespace, className, equalities);
    return found && asked.areVisible(found);
  },
  async Associators(asked, { path, filter }) {
    const restricted = asked.restrict(path, filter);
    const source = await asked.getInstance(path);
    return asked.areVisible(await asked.broker.associators(source.path ?? path, restricted));
  },
  async References(asked, { path, filter }) {
    const restricted = asked.restrict(path, filter);
    const source = await asked.getInstance(path);
    return asked.areVisible(await asked.broker.references(source.path ?? path, restricted));
  },
  async AssociatorClasses(asked, { path, filter }) {
    const restricted = asked.restrict(path, filter);
    return asked.areAllowed(path.namespace ?? '', await asked.broker.associatorClasses(path, restricted));
  },
  async ReferenceClasses(asked, { path, filter }) {
    const restricted = asked.restrict(path, filter);
    return asked.areAllowed(path.namespace ?? '', await asked.broker.referenceClasses(path, restricted));
  },
  async CreateInstance(asked, { namespace, instance }) {
    if (asked.isAllowed(namespace, instance.className)) return asked.broker.createInstance(namespace, instance);
    throw accessDenied(asked.access.right, namespace, instance.className);
  },
  async ModifyInstance(asked, { path, changes }) {
    const modified = await asked.broker.modifyInstance(await asked.checkedPath(path), changes);
    // WS-Transfer §3.2: the answer of a Put may leave out the representation, which is not for who may write only.
    return modified && asked.mayRead(modified) ? modified : undefined;
  },
  async DeleteInstance(asked, { path }) {
    await asked.broker.deleteInstance(await asked.checkedPath(path));
    return undefined;
  },
  async InvokeMethod(asked, { target, method: methodName, input }) {
    const namespace = target.namespace ?? '';
    if (asked.isAllowed(namespace, target.className))
      return asked.broker.invokeMethod({ namespace, target, methodName, input });
    if (target.keys.size === 0) throw accessDenied(asked.access.right, namespace, target.className);
    return asked.broker.invokeMethod({ namespace, target: await asked.checkedPath(target), methodName, input });
  },
};
