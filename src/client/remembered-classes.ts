import { normalizeNamespace } from '../cim/model/instance-path.js';
import { foldName, NameMap } from '../cim/model/name-map.js';
import type { ClassDescription } from './class-description.js';
import type { KnownClasses } from './message/read-typed-value.js';
import { WsmanClientError } from './wsman-client-error.js';

/** The class declarations that a client has met. */
export interface RememberedClasses {
  /**
   * The declaration, fetched when it is asked for the first time; undefined when the server has none to give.
   *
   * @throws WsmanTransportError
   */
  find(namespace: string, className: string): Promise<ClassDescription | undefined>;
  /** Lets go of all: what is found next is asked for again. */
  forget(): void;
  /** The declarations of several classes, without those that the server does not give; at once where all have been met. */
  findAll(namespace: string, classNames: readonly string[]): KnownClasses | Promise<KnownClasses>;
}

/** Sets of classes that are remembered; then it begins anew. */
const MAX_SETS = 256;

/** @param fetch asks the server */
export function rememberClasses(
  fetch: (namespace: string, className: string) => Promise<ClassDescription>,
): RememberedClasses {
  const remembered = new Map<string, Promise<ClassDescription | undefined>>();
  let sets = new Map<string, KnownClasses>();

  async function fetchAll(set: string, namespace: string, classNames: readonly string[]): Promise<KnownClasses> {
    const known: KnownClasses = new NameMap();
    // What is forgotten meanwhile does not come back.
    const into = sets;
    for (const name of classNames) {
      const found = await classes.find(namespace, name);
      if (found) known.set(name, found);
    }
    if (into.size >= MAX_SETS) into.clear();
    into.set(set, known);
    return known;
  }

  const classes: RememberedClasses = {
    find(namespace, className) {
      const key = foldName(`${normalizeNamespace(namespace)}:${className}`);
      let known = remembered.get(key);
      if (!known) {
        known = fetch(namespace, className).catch((error: unknown) => {
          // A refusal will be repeated: servers that declare no classes are read as text. Anything else may pass.
          if (error instanceof WsmanClientError) return undefined;
          if (remembered.get(key) === known) remembered.delete(key);
          throw error;
        });
        remembered.set(key, known);
      }
      return known;
    },
    forget() {
      remembered.clear();
      sets = new Map();
    },

    findAll(namespace, classNames) {
      const set = `${namespace}:${classNames.join()}`;
      return sets.get(set) ?? fetchAll(set, namespace, classNames);
    },
  };
  return classes;
}
