import { NameMap } from '../../cim/model/name-map.js';

/** Lists of names that came last, with an index for each. */
const remembered: { readonly names: readonly string[]; readonly index: NameMap<undefined> }[] = [];
const MAX_LISTS = 32;

/**
 * A map of names to values. Most instances of an answer have the same names in the same order, and so one index.
 *
 * @returns undefined when a name is there twice
 */
export function nameMapOf<V>(names: readonly string[], values: readonly V[]): NameMap<V> | undefined {
  const index = indexOf(names);
  return index.size === names.length ? index.withValues(values) : undefined;
}

function indexOf(names: readonly string[]): NameMap<undefined> {
  const place = remembered.findIndex((known) => isSame(known.names, names));
  const found = remembered[place];
  if (found !== undefined) return found.index;
  const index = new NameMap(names.map((name) => [name, undefined] as const));
  remembered.unshift({ names, index });
  remembered.length = Math.min(remembered.length, MAX_LISTS);
  return index;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[at]) return false;
  return true;
}
