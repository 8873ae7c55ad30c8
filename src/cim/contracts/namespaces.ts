import { CimError } from '../model/cim-error.js';
import { normalizeNamespace } from '../model/instance-path.js';
import { NameMap } from '../model/name-map.js';
import { aboutName } from '../model/unknown-name.js';
import type { Schema } from '../schema/schema.js';

/** A namespace and the classes in it. */
export interface Namespace {
  readonly name: string;
  readonly schema: Schema;
}

/** The namespaces of an endpoint: what there is to ask about. Which of it may be seen is for the handler to say. */
export interface Namespaces<N extends Namespace = Namespace> extends Iterable<N> {
  /** @throws CimError InvalidNamespace */
  getNamespace(name: string): N;
  findNamespace(name: string): N | undefined;
}

/** Finds namespaces by their names, in any case of the letters, with slashes or backslashes. */
export function createNamespaces<N extends Namespace>(list: readonly N[]): Namespaces<N> {
  const byName = new NameMap(list.map((space) => [normalizeNamespace(space.name), space] as const));
  const findNamespace = (name: string) => byName.get(name) ?? byName.get(normalizeNamespace(name));
  return {
    findNamespace,
    getNamespace(name) {
      const found = findNamespace(name);
      if (!found)
        throw aboutName(new CimError('InvalidNamespace', `Namespace ${name} does not exist.`), {
          kind: 'namespace',
          name,
        });
      return found;
    },
    [Symbol.iterator]: () => byName.values(),
  };
}
