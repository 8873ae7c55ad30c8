import type { BrokerNamespace } from '../../cim/broker.js';
import { type CimClass, lineage } from '../../cim/cim-class.js';
import type { Permissions, Right } from '../wsman-service.js';

/** What one operation of a restricted user may touch: the classes for which the user has the right that the operation needs. */
export interface Access {
  readonly permissions: Permissions;
  readonly right: Right;
  /** Whether the class, and with it all its subclasses, may be used. */
  allows(namespace: string, cimClass: CimClass): boolean;
  /** Whether the class or any of its subclasses may be used: what is asked of the class then concerns those only. */
  reaches(namespace: BrokerNamespace, cimClass: CimClass): boolean;
}

export function createAccess(permissions: Permissions, right: Right): Access {
  // A schema resolves each class once, so there are no more entries than classes.
  const reached = new WeakMap<BrokerNamespace, Map<CimClass, boolean>>();
  const allows = (namespace: string, cimClass: CimClass) =>
    permissions.allows(right, namespace, namesInLineage(cimClass));

  function findReachable({ name, schema }: BrokerNamespace, cimClass: CimClass): boolean {
    if (!permissions.allowsSome(right, name)) return false;
    if (allows(name, cimClass)) return true;
    for (const subclass of schema.withSubclasses(cimClass.name)) if (allows(name, subclass)) return true;
    return false;
  }

  return {
    permissions,
    right,
    allows,
    reaches(namespace, cimClass) {
      const inNamespace = reached.get(namespace) ?? new Map<CimClass, boolean>();
      reached.set(namespace, inNamespace);
      let answer = inNamespace.get(cimClass);
      if (answer === undefined) {
        answer = findReachable(namespace, cimClass);
        inNamespace.set(cimClass, answer);
      }
      return answer;
    },
  };
}

/** Whether a user with these permissions may be shown instances of the class. */
export function mayReadClass(permissions: Permissions, namespace: string, cimClass: CimClass): boolean {
  return permissions.allows('read', namespace, namesInLineage(cimClass));
}

function* namesInLineage(cimClass: CimClass): IterableIterator<string> {
  for (const { name } of lineage(cimClass)) yield name;
}
