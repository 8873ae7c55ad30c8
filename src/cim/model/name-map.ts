import { detached } from '../../strings/detached.js';
import { interned } from '../../strings/interned.js';
import { ENTRY_BYTES, messageMemory } from '../../strings/message-memory.js';

/**
 * A map whose keys are CIM names: looked up without regard to case, listed in the spelling and order they were set.
 * CIM element names are case-insensitive (DSP0004 §5.1.2.1); selector and option names are as well (DSP0226 §5.4.2).
 */
export class NameMap<V> implements Iterable<readonly [string, V]> {
  /**
   * The place of each name, by its folded form. Copies share it, since most have the same names with other values (an instance
   * and what it is changed into); who gets another name, or loses one, makes its own.
   */
  #places: Map<string, number>;
  #isShared = false;
  #entries: (readonly [string, V])[];

  constructor(entries?: Iterable<readonly [string, V]>) {
    if (entries instanceof NameMap) {
      entries.#isShared = true;
      this.#isShared = true;
      this.#places = entries.#places;
      this.#entries = entries.#entries.slice();
      return;
    }
    this.#places = new Map();
    this.#entries = [];
    if (!entries) return;
    for (const [name, value] of entries) this.set(name, value);
    // A list that grew has room for more, which most maps never need, and there may be many of them.
    this.#entries = this.#entries.slice();
  }

  get size(): number {
    return this.#entries.length;
  }

  get(name: string): V | undefined {
    const place = this.#places.get(foldName(name));
    return place === undefined ? undefined : this.#entries[place]?.[1];
  }

  has(name: string): boolean {
    return this.#places.has(foldName(name));
  }

  /** Sets a value; the spelling of the first `set` of a name is kept. */
  set(name: string, value: V): this {
    const { spelling, folded } = knownName(name);
    const place = this.#places.get(folded);
    if (place !== undefined) {
      this.#entries[place] = [this.#entries[place]?.[0] ?? spelling, value];
      return this;
    }
    this.#ownPlaces().set(folded, this.#entries.length);
    this.#entries.push([spelling, value]);
    return this;
  }

  /** The same names with other values, in the order of the names: a copy that costs no index. */
  withValues<W>(values: readonly W[]): NameMap<W> {
    if (values.length !== this.#entries.length) throw new RangeError('there is to be a value for each name');
    const copy = new NameMap(this) as NameMap<unknown> as NameMap<W>;
    copy.#entries = this.#entries.map(([name], place) => [name, values[place] as W]);
    return copy;
  }

  /** Takes as long as there are names. */
  delete(name: string): boolean {
    const folded = foldName(name);
    if (!this.#places.has(folded)) return false;
    const rest = this.#entries.filter(([other]) => foldName(other) !== folded);
    this.#places = new Map(rest.map(([other], place) => [foldName(other), place]));
    this.#isShared = false;
    this.#entries = rest;
    return true;
  }

  /** The spelling under which the name was first set. */
  spelling(name: string): string | undefined {
    const place = this.#places.get(foldName(name));
    return place === undefined ? undefined : this.#entries[place]?.[0];
  }

  keys(): IterableIterator<string> {
    return this.#entries.map(([name]) => name).values();
  }

  values(): IterableIterator<V> {
    return this.#entries.map(([, value]) => value).values();
  }

  [Symbol.iterator](): IterableIterator<readonly [string, V]> {
    return this.#entries.values();
  }

  #ownPlaces(): Map<string, number> {
    if (this.#isShared) {
      this.#places = new Map(this.#places);
      this.#isShared = false;
    }
    return this.#places;
  }
}

interface KnownName {
  readonly spelling: string;
  readonly folded: string;
}

/**
 * Names seen before, and their folded forms. A schema has some thousand names and messages use the same few hundred over and
 * over; these are interned, so that looking them up and comparing them takes no look at their characters. Bounded, because
 * peers choose names.
 */
const remembered = new Map<string, KnownName>();
const MAX_KNOWN = 4096;
const memory = messageMemory.join({ forget: () => remembered.clear() });
/** A name with both its forms, without their characters. */
const NAME_BYTES = 88 + ENTRY_BYTES;
/** Others are folded each time. */
const USUAL_NAME = /^[ -~]{1,64}$/;

/** The form in which names are compared. Values are folded with it, too, which are rarely names. */
export function foldName(name: string): string {
  const known = remembered.get(name);
  if (known) return known.folded;
  return USUAL_NAME.test(name) ? learnName(name).folded : lowerCase(name);
}

/** A name that is kept longer than the message it is from. */
export function internedName(name: string): string {
  return knownName(name).spelling;
}

function knownName(name: string): KnownName {
  const known = remembered.get(name);
  if (known) return known;
  return USUAL_NAME.test(name) ? learnName(name) : { spelling: detached(name), folded: lowerCase(name) };
}

/** Of one letter (U+0130) the lower case is two; leaving a name with it as it is keeps names of different lengths different. */
function lowerCase(name: string): string {
  const lower = name.toLowerCase();
  return lower.length === name.length ? lower : name;
}

function learnName(name: string): KnownName {
  if (remembered.size >= MAX_KNOWN) {
    remembered.clear();
    memory.give(memory.used);
  }
  const learnt = { spelling: interned(name), folded: interned(lowerCase(name)) };
  if (memory.take(NAME_BYTES + 2 * name.length)) remembered.set(learnt.spelling, learnt);
  return learnt;
}

/** True when two CIM names are the same name. */
export function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && foldName(a) === foldName(b));
}
