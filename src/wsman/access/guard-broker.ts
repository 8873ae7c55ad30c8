import type { Broker } from '../../cim/broker.js';
import type { CimClass } from '../../cim/cim-class.js';
import { CimError } from '../../cim/cim-error.js';
import type { CimInstance } from '../../cim/cim-instance.js';
import type { InstancePath } from '../../cim/instance-path.js';
import type { AssociationFilter } from '../../cim/operations/associators.js';
import { shorten } from '../../cim/shorten.js';
import type { Access } from './access.js';
import { accessDenied } from './access-denied.js';
import { checkClass } from './check-resource.js';

/**
 * The broker as a restricted user sees it. What names a class that the user may not use is refused; of a class that the user may use
 * in part, through its subclasses, everything else is as if it were not there. Associations lead from an instance, over
 * associations, to instances that may all be used.
 *
 * A method, and the rules of a provider, do what they do: they work with the broker itself.
 */
export function guardBroker(broker: Broker, access: Access): Broker {
  const { right } = access;

  /** @throws CimError InvalidNamespace, InvalidClass, AccessDenied */
  function requireReach(namespaceName: string, className: string): void {
    const namespace = broker.getNamespace(namespaceName);
    const cimClass = namespace.schema.findClass(className);
    if (!cimClass || !access.reaches(namespace, cimClass)) checkClass(access, namespace.name, cimClass, className);
  }

  function isAllowed(namespaceName: string | undefined, className: string): boolean {
    const namespace = namespaceName === undefined ? undefined : broker.findNamespace(namespaceName);
    const cimClass = namespace?.schema.findClass(className);
    return namespace !== undefined && cimClass !== undefined && access.allows(namespace.name, cimClass);
  }

  const isVisible = ({ path, className }: CimInstance): boolean => isAllowed(path?.namespace, className);
  const areVisible = (instances: readonly CimInstance[]) => instances.filter(isVisible);
  const areAllowed = (namespace: string, classes: readonly CimClass[]) =>
    classes.filter((cimClass) => access.allows(namespace, cimClass));

  /** The instance a path means, as far as the user is concerned. @throws CimError also AccessDenied */
  async function getInstance(path: InstancePath): Promise<CimInstance> {
    if (path.namespace !== undefined) requireReach(path.namespace, path.className);
    const instance = await broker.getInstance(path);
    if (isVisible(instance)) return instance;
    throw new CimError('NotFound', `There is no instance ${shorten(path.toString(), 500)}.`);
  }

  /**
   * The path to act on: that of the instance itself where the class named is allowed in part only, so that what is acted on is what
   * has been checked.
   */
  async function checkedPath(path: InstancePath): Promise<InstancePath> {
    if (isAllowed(path.namespace, path.className)) return path;
    return (await getInstance(path)).path ?? path;
  }

  function restrict(namespaceName: string, filter: AssociationFilter): AssociationFilter {
    for (const className of [filter.associationClass, filter.resultClass])
      if (className !== undefined) requireReach(namespaceName, className);
    const { acceptsAssociation } = filter;
    return {
      ...filter,
      acceptsAssociation: (className) =>
        isAllowed(namespaceName, className) && (acceptsAssociation === undefined || acceptsAssociation(className)),
    };
  }

  function restrictAt(path: InstancePath, filter: AssociationFilter): AssociationFilter {
    if (path.namespace === undefined) return filter; // Refused by the broker: nothing is looked up without a namespace.
    requireReach(path.namespace, path.className);
    return restrict(path.namespace, filter);
  }

  return {
    getNamespace: broker.getNamespace,
    findNamespace: broker.findNamespace,
    getInstance,

    getClass(namespace, className) {
      const { name, schema } = broker.getNamespace(namespace);
      checkClass(access, name, schema.findClass(className), className);
      return broker.getClass(namespace, className);
    },
    enumerateClasses(namespace, selection) {
      if (selection.className !== undefined) requireReach(namespace, selection.className);
      return areAllowed(namespace, broker.enumerateClasses(namespace, selection));
    },

    async associators(path, filter = {}) {
      const restricted = restrictAt(path, filter);
      const source = await getInstance(path);
      return areVisible(await broker.associators(source.path ?? path, restricted));
    },
    async references(path, filter = {}) {
      const restricted = restrictAt(path, filter);
      const source = await getInstance(path);
      return areVisible(await broker.references(source.path ?? path, restricted));
    },
    associatorClasses: (path, filter = {}) =>
      areAllowed(path.namespace ?? '', broker.associatorClasses(path, restrictAt(path, filter))),
    referenceClasses: (path, filter = {}) =>
      areAllowed(path.namespace ?? '', broker.referenceClasses(path, restrictAt(path, filter))),

    async openInstances(namespace, className, options) {
      requireReach(namespace, className);
      const cursor = await broker.openInstances(namespace, className, options);
      return { ...cursor, classNames: cursor.classNames.filter((name) => isAllowed(cursor.namespace, name)) };
    },
    async pullInstances(cursor, limit) {
      // Roles may have changed since the walk began.
      const { instances, next } = await broker.pullInstances(cursor, limit);
      return { instances: areVisible(instances), next };
    },
    countInstances: broker.countInstances,
    async findInstances(namespace, className, equalities) {
      requireReach(namespace, className);
      const found = await broker.findInstances(namespace, className, equalities);
      return found && areVisible(found);
    },

    async createInstance(namespace, instance, call) {
      if (isAllowed(namespace, instance.className)) return broker.createInstance(namespace, instance, call);
      throw accessDenied(right, namespace, instance.className);
    },
    async modifyInstance(path, changes, call) {
      return broker.modifyInstance(await checkedPath(path), changes, call);
    },
    async deleteInstance(path, call) {
      return broker.deleteInstance(await checkedPath(path), call);
    },
    async invokeMethod(request) {
      const { target, namespace } = request;
      if (isAllowed(namespace, target.className)) return broker.invokeMethod(request);
      if (target.keys.size === 0) throw accessDenied(right, namespace, target.className);
      return broker.invokeMethod({ ...request, target: await checkedPath(target) });
    },
  };
}
