import type { ContextRecord, ContextStore } from '../../cim/contracts/context-store.js';
import { isOfHost } from '../../cim/hosts/host-namespace.js';

/**
 * What clients have begun with one of several computers: it is unknown to the others, and bounds count for each of them by itself. Whoever opened
 * the store closes it.
 *
 * `clear` lets the records of the host alone be forgotten; they go when their time is over. A count that names no owner is of all hosts.
 */
export function hostContexts(contexts: ContextStore, host: string, isDefault: boolean): ContextStore {
  const mark = `@${host.toLowerCase()}`;
  let cleared = 0;
  const isBare = () => isDefault && cleared === 0;
  /** Identifiers that clients make up lead to no other host. */
  const stored = (id: string): string | undefined => {
    if (isOfHost(id)) return undefined;
    return isBare() ? id : `${mark}/${cleared}/${id}`;
  };
  const owned = (owner: string) => (isBare() ? owner : `${mark}/${cleared}/${owner}`);
  const known = <T>(id: string, none: T, ask: (stored: string) => Promise<T>): Promise<T> => {
    const there = stored(id);
    return there === undefined ? Promise.resolve(none) : ask(there);
  };

  return {
    async add(id, record, terms) {
      const there = stored(id);
      if (there === undefined) throw new RangeError('not an identifier of a context');
      return contexts.add(there, { ...record, owner: owned(record.owner) }, terms);
    },
    get: (id) =>
      known(id, undefined, async (there) => {
        const found = await contexts.get(there);
        return found && { ...found, owner: ownerOf(found, owned('')) };
      }),
    getPart: (id, index) => known(id, undefined, (there) => contexts.getPart(there, index)),
    replace: (id, before, next, lifetime, room) =>
      known(id, false, (there) => contexts.replace(there, before, next, lifetime, room)),
    delete: (id, before) => known(id, false, (there) => contexts.delete(there, before)),
    count: (kind, owner) => contexts.count(kind, owner === undefined ? undefined : owned(owner)),
    async clear() {
      cleared += 1;
    },
    close: async () => undefined,
  };
}

function ownerOf({ owner }: ContextRecord, mark: string): string {
  return owner.slice(mark.length);
}
