/**
 * What keeps the instances of several computers apart in one store: of the namespaces that a host has of its own, those of the default
 * host lie under their names, those of every other under `@host/namespace`. No namespace that can be declared begins so.
 */
const MARK = '@';

/** The name under which a host's own namespace lies in the store, unless it is that of the default host. */
export function hostNamespace(host: string, namespace: string): string {
  return `${MARK}${host.toLowerCase()}/${namespace}`;
}

/** Where what is to be known of a host itself lies: a namespace that nobody serves. */
export function hostRecords(host: string): string {
  return `${MARK}${host.toLowerCase()}`;
}

/** Whether a namespace of the store is such a one. */
export function isHostRecord(stored: string): boolean {
  return isOfHost(stored) && !stored.includes('/');
}

/** Whose a namespace of the store is: of no host in particular where that is undefined. */
export function splitHost(stored: string): { readonly host: string | undefined; readonly namespace: string } {
  if (!isOfHost(stored)) return { host: undefined, namespace: stored };
  const slash = stored.indexOf('/');
  const end = slash < 0 ? stored.length : slash;
  return { host: stored.slice(MARK.length, end), namespace: stored.slice(end + 1) };
}

/** Whether a namespace of the store is that of a host that is not the default one, or has records of a host. */
export function isOfHost(stored: string): boolean {
  return stored.startsWith(MARK);
}
