import { namespaces } from './wsman-names.js';

/** The namespace bindings in force at an element. */
export interface NamespaceScope {
  /** The namespace of a prefix, `''` for the default one; undefined when it is bound to nothing. */
  resolve(prefix: string): string | undefined;
}

/**
 * OMI writes references with prefixes it never declared; a client that refused them could not read its answers. Only
 * what is bound nowhere falls back to these.
 */
const conventional = new Map<string, string>([
  ['xml', namespaces.xml],
  ['a', namespaces.addressing],
  ['wsa', namespaces.addressing],
  ['w', namespaces.wsman],
  ['wsman', namespaces.wsman],
  ['cim', namespaces.cimCommon],
  ['xsi', namespaces.xsi],
]);

export const rootScope: NamespaceScope = { resolve: (prefix) => conventional.get(prefix) };

/** The scope inside an element that declares some prefixes. An empty URI takes a binding away. */
export function nestedScope(outer: NamespaceScope, declared: ReadonlyMap<string, string>): NamespaceScope {
  if (declared.size === 0) return outer;
  return {
    resolve(prefix) {
      const uri = declared.get(prefix);
      return uri === undefined ? outer.resolve(prefix) : uri || undefined;
    },
  };
}

/** `a:b` → [`a`, `b`]; a name without prefix has the prefix `''`. */
export function splitName(qualified: string): readonly [prefix: string, local: string] {
  const colon = qualified.indexOf(':');
  return colon < 0 ? ['', qualified] : [qualified.slice(0, colon), qualified.slice(colon + 1)];
}
