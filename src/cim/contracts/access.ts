import { type CimClass, lineage } from '../model/cim-class.js';
import type { InstancePath } from '../model/instance-path.js';
import type { Namespace, Namespaces } from './namespaces.js';

/** What an operation needs to be allowed: GR, GW and GX of Windows' RootSDDL (MS-WSMV 2.2.4.36). */
export type Right = 'read' | 'write' | 'execute';

/** Decides what a user may do. Immutable: what has been decided may be remembered for as long as the object lives. */
export interface Permissions {
  /** @param classNames the name of a class and those of its superclasses: who may use a class may use its subclasses */
  allows(right: Right, namespace: string, classNames: Iterable<string>): boolean;
  /** Whether there is any class in the namespace for which the right is given. */
  allowsSome(right: Right, namespace: string): boolean;
}

/** What one call of a restricted user may touch: the classes for which the user has the right that the call needs. */
export interface Access {
  readonly permissions: Permissions;
  readonly right: Right;
  /** Whether the class, and with it all its subclasses, may be used. */
  allows(namespace: string, cimClass: CimClass): boolean;
  /** Whether the class or any of its subclasses may be used: what is asked of the class then concerns those only. */
  reaches(space: Namespace, cimClass: CimClass): boolean;
  /** The exact names of the associations that may be followed in a namespace. */
  associations(space: Namespace): readonly string[];
}

/** The same access each time for the same permissions and right, with all that has been found out about classes. */
export function accessOf(permissions: Permissions, right: Right): Access {
  const byRight = remembered.get(permissions) ?? new Map<Right, Access>();
  remembered.set(permissions, byRight);
  let access = byRight.get(right);
  if (access === undefined) {
    access = createAccess(permissions, right);
    byRight.set(right, access);
  }
  return access;
}

const remembered = new WeakMap<Permissions, Map<Right, Access>>();

function createAccess(permissions: Permissions, right: Right): Access {
  // A schema resolves each class once, so there are no more entries than classes.
  const reached = new WeakMap<Namespace, Map<CimClass, boolean>>();
  const followed = new WeakMap<Namespace, readonly string[]>();
  const allows = (namespace: string, cimClass: CimClass) =>
    permissions.allows(right, namespace, namesInLineage(cimClass));

  function findReachable({ name, schema }: Namespace, cimClass: CimClass): boolean {
    if (!permissions.allowsSome(right, name)) return false;
    if (allows(name, cimClass)) return true;
    for (const subclass of schema.withSubclasses(cimClass.name)) if (allows(name, subclass)) return true;
    return false;
  }

  return {
    permissions,
    right,
    allows,
    reaches(space, cimClass) {
      const inSpace = reached.get(space) ?? new Map<CimClass, boolean>();
      reached.set(space, inSpace);
      let answer = inSpace.get(cimClass);
      if (answer === undefined) {
        answer = findReachable(space, cimClass);
        inSpace.set(cimClass, answer);
      }
      return answer;
    },
    associations(space) {
      let names = followed.get(space);
      if (names === undefined) {
        names = [...space.schema.classes]
          .filter((cimClass) => cimClass.isAssociation && allows(space.name, cimClass))
          .map(({ name }) => name);
        followed.set(space, names);
      }
      return names;
    },
  };
}

/** Whether a user with these permissions may be shown instances of the class. */
export function mayReadClass(permissions: Permissions, namespace: string, cimClass: CimClass): boolean {
  return permissions.allows('read', namespace, namesInLineage(cimClass));
}

/**
 * Whether a user may be told of an instance: that it is there, and what it is called.
 *
 * @param path with its exact class
 * @param permissions undefined: everything
 */
export function mayReadInstance(
  { namespace: name, className }: InstancePath,
  permissions: Permissions | undefined,
  namespaces: Namespaces,
): boolean {
  if (permissions === undefined) return true;
  const space = name === undefined ? undefined : namespaces.findNamespace(name);
  const cimClass = space?.schema.findClass(className);
  return cimClass !== undefined && mayReadClass(permissions, space?.name ?? '', cimClass);
}

function* namesInLineage(cimClass: CimClass): IterableIterator<string> {
  for (const { name } of lineage(cimClass)) yield name;
}
