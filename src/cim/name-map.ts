import { detached } from './detached.js';

/**
 * A map whose keys are CIM names: looked up without regard to case, listed in the spelling and order they were set.
 * CIM element names are case-insensitive (DSP0004 §5.1.2.1); selector and option names are as well (DSP0226 §5.4.2).
 */
export class NameMap<V> implements Iterable<readonly [string, V]> {
  readonly #entries: Map<string, readonly [string, V]>;

  constructor(entries?: Iterable<readonly [string, V]>) {
    this.#entries = new Map();
    if (entries instanceof NameMap) {
      // Entries are never changed, so a copy can share them. One by one: the constructor of Map makes a pair for each.
      for (const [folded, entry] of entries.#entries) this.#entries.set(folded, entry);
    } else if (entries) {
      for (const [name, value] of entries) this.set(name, value);
    }
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): V | undefined {
    return this.#entries.get(foldName(name))?.[1];
  }

  has(name: string): boolean {
    return this.#entries.has(foldName(name));
  }

  /** Sets a value; the spelling of the first `set` of a name is kept. */
  set(name: string, value: V): this {
    const folded = foldName(name);
    const spelling = this.#entries.get(folded)?.[0] ?? name;
    this.#entries.set(folded, [spelling, value]);
    return this;
  }

  delete(name: string): boolean {
    return this.#entries.delete(foldName(name));
  }

  /** The spelling under which the name was first set. */
  spelling(name: string): string | undefined {
    return this.#entries.get(foldName(name))?.[0];
  }

  // An array costs a third of what a generator does.
  keys(): IterableIterator<string> {
    const names: string[] = [];
    for (const [name] of this.#entries.values()) names.push(name);
    return names.values();
  }

  values(): IterableIterator<V> {
    const values: V[] = [];
    for (const [, value] of this.#entries.values()) values.push(value);
    return values.values();
  }

  [Symbol.iterator](): IterableIterator<readonly [string, V]> {
    return this.#entries.values();
  }
}

/**
 * Folded forms of names seen before. A schema has some thousand names and messages use the same few hundred over and
 * over; the form that is kept has its hash already. Bounded, because peers choose names.
 */
const known = new Map<string, string>();
const MAX_KNOWN = 4096;
/** Others are folded each time. */
const USUAL_NAME = /^[ -~]{1,64}$/;

/** The form in which names are compared. */
export function foldName(name: string): string {
  return known.get(name) ?? foldNewName(name);
}

function foldNewName(name: string): string {
  const lower = name.toLowerCase();
  // Of one letter (U+0130) the lower case is two; leaving it as it is keeps names of different lengths different.
  const folded = lower.length === name.length ? lower : name;
  if (!USUAL_NAME.test(name)) return folded;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(detached(name), detached(folded));
  return folded;
}

/** True when two CIM names are the same name. */
export function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && foldName(a) === foldName(b));
}
