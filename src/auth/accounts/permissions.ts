import { foldPlace, RIGHTS, type Right, type Role } from './role.js';

/** What an account may do. Never changes; an account whose roles change gets another one. */
export interface Permissions {
  /**
   * @param classNames the name of a class and those of its superclasses: a role for a class is one for its subclasses
   */
  allows(right: Right, namespace: string, classNames: Iterable<string>): boolean;
  /** Whether there is any class in the namespace for which the right is given. */
  allowsSome(right: Right, namespace: string): boolean;
}

/** Where a right is given: everywhere, or in these namespaces for all classes or for some. */
interface Grant {
  everywhere: boolean;
  readonly places: Map<string, Place>;
}

interface Place {
  allClasses: boolean;
  /** In lower case. */
  readonly classNames: Set<string>;
}

/**
 * The permissions that roles add up to: what no role gives is not allowed.
 *
 * @returns `undefined` when there is nothing that is not allowed, so that nobody needs to ask
 */
export function createPermissions(roles: readonly Role[]): Permissions | undefined {
  const grants: Record<Right, Grant> = { read: nothing(), write: nothing(), execute: nothing() };
  for (const role of roles) add(grants[role.right], role);
  if (RIGHTS.every((right) => grants[right].everywhere)) return undefined;

  return {
    allows(right, namespace, classNames) {
      const { everywhere, places } = grants[right];
      if (everywhere) return true;
      const place = places.get(foldPlace(namespace));
      if (place === undefined) return false;
      if (place.allClasses) return true;
      for (const name of classNames) if (place.classNames.has(name.toLowerCase())) return true;
      return false;
    },
    allowsSome: (right, namespace) => grants[right].everywhere || grants[right].places.has(foldPlace(namespace)),
  };
}

function nothing(): Grant {
  return { everywhere: false, places: new Map() };
}

function add(grant: Grant, { namespace, className }: Role): void {
  if (namespace === undefined) {
    grant.everywhere = true;
    return;
  }
  const key = foldPlace(namespace);
  const place = grant.places.get(key) ?? { allClasses: false, classNames: new Set() };
  grant.places.set(key, place);
  if (className === undefined) place.allClasses = true;
  else place.classNames.add(className.toLowerCase());
}
