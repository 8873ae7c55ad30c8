/**
 * How instances lie in documents: JSON that says of itself what each value is, so that it is read back as it was without any schema,
 * also when the schema has become another one meanwhile.
 *
 * Text, truth values, whole and other numbers and NULL are those of JSON, arrays are arrays; all else is an object with one member:
 * its name says what it is. Names and values stand in turns in one list, since objects of JavaScript would reorder them.
 */
export type Json = string | number | boolean | null | readonly Json[] | TaggedJson;

export type TaggedJson =
  /** A 64-bit integer, in decimal digits. */
  | { readonly n: string }
  /** A number that JSON lacks: `NaN`, `Infinity`, `-Infinity`, `-0`. */
  | { readonly r: string }
  /** A datetime, in its 25 characters. */
  | { readonly d: string }
  | { readonly p: PathJson }
  | { readonly i: InstanceJson }
  /** A class: objects that refer to one another by their place in the list; the class is the first. */
  | { readonly c: readonly NodeJson[] }
  /** Within a class: the object at a place of the list. */
  | { readonly o: number };

/** Host and namespace or NULL, class, 1 for a path that was written `=@`; then names and values of keys. */
export type PathJson = readonly [
  host: string | null,
  namespace: string | null,
  className: string,
  isSingleton: 0 | 1,
  ...Json[],
];

/** Class, path or NULL; then names and values of properties. */
export type InstanceJson = readonly [className: string, path: PathJson | null, ...Json[]];

/** An object, a NameMap (names and values in turns both), or a list. */
export type NodeJson = readonly ['o' | 'm' | 'a', ...Json[]];
