import type { CimInstance } from '../cim/cim-instance.js';
import { type ComparisonKey, comparisonKey } from '../cim/comparison-key.js';
import type { CimKeyValue } from '../cim/instance-path.js';
import { foldName } from '../cim/name-map.js';
import type { IndexedInstance } from './reference-index.js';

/** Most values that are looked up belong to one instance, and need no set for it. */
type Holders<E> = E | Set<E>;

/** Finds the instances of one class by the value of one property. */
class PropertyIndex<E extends IndexedInstance> {
  readonly #property: string;
  readonly #holders = new Map<ComparisonKey, Holders<E>>();
  /** Number of instances whose value has no key. */
  #unkeyed = 0;

  constructor(property: string) {
    this.#property = property;
  }

  find(key: ComparisonKey): Iterable<E> | undefined {
    if (this.#unkeyed > 0) return undefined;
    const holders = this.#holders.get(key);
    if (holders === undefined) return [];
    return holders instanceof Set ? holders : [holders];
  }

  add(entry: E): void {
    this.#add(entry, this.#keyOf(entry.instance));
  }

  remove(entry: E): void {
    this.#remove(entry, this.#keyOf(entry.instance));
  }

  replace(entry: E, next: CimInstance): void {
    const [before, after] = [this.#keyOf(entry.instance), this.#keyOf(next)];
    if (before === after) return;
    this.#remove(entry, before);
    this.#add(entry, after);
  }

  #keyOf(instance: CimInstance) {
    return comparisonKey(instance.get(this.#property));
  }

  #add(entry: E, key: ComparisonKey | null | undefined): void {
    if (key === undefined) this.#unkeyed += 1;
    if (key === undefined || key === null) return;
    const holders = this.#holders.get(key);
    if (holders instanceof Set) holders.add(entry);
    else this.#holders.set(key, holders === undefined ? entry : new Set([holders, entry]));
  }

  #remove(entry: E, key: ComparisonKey | null | undefined): void {
    if (key === undefined) this.#unkeyed -= 1;
    if (key === undefined || key === null) return;
    const holders = this.#holders.get(key);
    if (holders instanceof Set) holders.delete(entry);
    if (holders === entry || (holders instanceof Set && holders.size === 0)) this.#holders.delete(key);
  }
}

/** The property indexes of one class. Each is made when it is first asked for, and follows every change from then on. */
export class PropertyIndexes<E extends IndexedInstance> {
  readonly #byProperty = new Map<string, PropertyIndex<E>>();

  /**
   * The instances whose property equals a value, in no order; undefined when some value of the property has no key.
   *
   * @param entries every instance of the class, for the first time
   */
  find(property: string, value: CimKeyValue, entries: () => Iterable<E>): Iterable<E> | undefined {
    const key = comparisonKey(value);
    if (key === undefined || key === null) return undefined;
    const name = foldName(property);
    let index = this.#byProperty.get(name);
    if (!index) {
      index = new PropertyIndex(name);
      for (const entry of entries()) index.add(entry);
      this.#byProperty.set(name, index);
    }
    return index.find(key);
  }

  add(entry: E): void {
    for (const index of this.#byProperty.values()) index.add(entry);
  }

  remove(entry: E): void {
    for (const index of this.#byProperty.values()) index.remove(entry);
  }

  /** To be called while the entry still has its instance of before. */
  replace(entry: E, next: CimInstance): void {
    for (const index of this.#byProperty.values()) index.replace(entry, next);
  }
}
