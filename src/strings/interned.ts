/**
 * The engine's one copy of a string: equal strings that have been through here are the very same object (but for those that are whole
 * numbers), so that comparing them and finding them in a map takes no look at their characters. It keeps no other string in memory,
 * as `detached` does not.
 *
 * For names, and what else is compared over and over. The engine interns a string that is used as the name of a property anyway;
 * what held it before then gets at it by a detour, which makes every comparison several times as long, and all text it is joined
 * to take two bytes a character (docs/performance.md).
 */
export function interned(text: string): string {
  // Without a prototype an object is a hash table from the start, and does not teach the engine a new shape for each name.
  const table = Object.create(null) as Record<string, boolean>;
  table[text] = true;
  for (const own in table) return own;
  return text;
}
