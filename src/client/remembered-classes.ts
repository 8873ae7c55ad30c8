import { normalizeNamespace } from '../cim/model/instance-path.js';
import { foldName } from '../cim/model/name-map.js';
import type { ClassDescription } from './class-description.js';
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
}

/** @param fetch asks the server */
export function rememberClasses(
  fetch: (namespace: string, className: string) => Promise<ClassDescription>,
): RememberedClasses {
  const remembered = new Map<string, Promise<ClassDescription | undefined>>();
  return {
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
    forget: () => remembered.clear(),
  };
}
