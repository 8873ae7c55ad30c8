/** What one may do: GR, GW and GX of Windows' RootSDDL (MS-WSMV 2.2.4.36). */
export const RIGHTS = ['read', 'write', 'execute'] as const;
export type Right = (typeof RIGHTS)[number];

/** One right, everywhere or in one place. */
export interface Role {
  readonly right: Right;
  /** Only in this namespace (not in those below it); `winrm/config` is the service's configuration. */
  readonly namespace?: string;
  /** Only for this class of the namespace and its subclasses. */
  readonly className?: string;
}

/** Where the service's configuration is, for roles: it has no CIM namespace. */
export const CONFIG_PLACE = 'winrm/config';

/** A role that cannot be read. The message is for the operator. */
export class RoleError extends Error {
  override readonly name = 'RoleError';
  readonly expected = true;
}

const ROLE = /^(\w+)(?:@([^:@]+)(?::([\p{L}_][\p{L}\p{N}_]*))?)?$/u;

/**
 * Reads `RIGHT[@NAMESPACE[:CLASS]]`; `all` stands for every right, `none` for no role at all.
 *
 * @throws RoleError
 */
export function parseRole(text: string): readonly Role[] {
  const [, name = '', namespace, className] = ROLE.exec(text.trim()) ?? [];
  const word = name.toLowerCase();
  if (word === 'none' && namespace === undefined) return [];
  const rights = RIGHTS.filter((right) => word === 'all' || word === right);
  const place = namespace === undefined ? undefined : segmentsOf(namespace).join('/');
  if (rights.length === 0 || place === '' || (className !== undefined && foldPlace(place ?? '') === CONFIG_PLACE)) {
    throw new RoleError(
      `'${text.slice(0, 200)}' is no role: expected read, write, execute, all or none, and for one place only read@NAMESPACE, read@NAMESPACE:CLASS or read@${CONFIG_PLACE}`,
    );
  }
  return rights.map((right) => ({
    right,
    ...(place !== undefined && { namespace: place }),
    ...(className !== undefined && { className }),
  }));
}

/** Reads several roles, each of them in one text or parted by commas. @throws RoleError */
export function parseRoles(texts: readonly string[]): readonly Role[] {
  return texts.flatMap((text) => text.split(',')).flatMap(parseRole);
}

/** The text that {@link parseRole} reads. */
export function formatRole({ right, namespace, className }: Role): string {
  if (namespace === undefined) return right;
  return className === undefined ? `${right}@${namespace}` : `${right}@${namespace}:${className}`;
}

/** How the names of namespaces compare: without case, either slash, none at the ends. */
export function foldPlace(namespace: string): string {
  return segmentsOf(namespace).join('/').toLowerCase();
}

function segmentsOf(namespace: string): readonly string[] {
  return namespace
    .split(/[\\/]+/)
    .map((segment) => segment.trim())
    .filter((segment) => segment !== '');
}
