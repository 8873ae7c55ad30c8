import { NameMap } from '../cim/model/name-map.js';
import type { PropertyPathNode } from './ast/property-path-node.js';
import { invalidQuery } from './query-error.js';
import type { QueryScope } from './query-scope.js';

/**
 * The names of a SELECT list as declared, each once; undefined for `*`.
 *
 * @throws CimError InvalidQuery for an unknown property, and for a part of one: answers hold whole properties
 */
export function bindProjection<T>(
  paths: readonly PropertyPathNode[] | undefined,
  scope: QueryScope<T>,
): readonly string[] | undefined {
  if (!paths) return undefined;
  const names = new NameMap<true>();
  for (const path of paths) {
    const { name } = scope.resolve(path);
    if (/[.[]/.test(name)) throw invalidQuery(path.at, `${name} is a part of a property; select the whole of it`);
    names.set(name, true);
  }
  return [...names.keys()];
}
