import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { type ComparisonKey, comparisonKey } from '../../cim/model/comparison-key.js';
import { foldName } from '../../cim/model/name-map.js';

/** Most values that are looked up belong to one instance, and need no set for it. */
type Holders = CimInstance | Set<CimInstance>;

/** Finds the instances of one class by the value of one property. */
class PropertyIndex {
  readonly #property: string;
  readonly #holders = new Map<ComparisonKey, Holders>();
  /** Number of instances whose value has no key. */
  #unkeyed = 0;

  constructor(property: string) {
    this.#property = property;
  }

  find(key: ComparisonKey): readonly CimInstance[] | undefined {
    if (this.#unkeyed > 0) return undefined;
    const holders = this.#holders.get(key);
    if (holders === undefined) return [];
    return holders instanceof Set ? [...holders] : [holders];
  }

  add(instance: CimInstance): void {
    const key = comparisonKey(instance.get(this.#property));
    if (key === undefined) this.#unkeyed += 1;
    if (key === undefined || key === null) return;
    const holders = this.#holders.get(key);
    if (holders instanceof Set) holders.add(instance);
    else this.#holders.set(key, holders === undefined ? instance : new Set([holders, instance]));
  }

  remove(instance: CimInstance): void {
    const key = comparisonKey(instance.get(this.#property));
    if (key === undefined) this.#unkeyed -= 1;
    if (key === undefined || key === null) return;
    const holders = this.#holders.get(key);
    if (holders instanceof Set) holders.delete(instance);
    if (holders === instance || (holders instanceof Set && holders.size === 0)) this.#holders.delete(key);
  }
}

/** The instances of a class as they are, in pieces, of which those that did not change since are the very same objects. */
export type Pieces = readonly (readonly CimInstance[])[];

/** The property indexes of one class. Each is made when it is first asked for, and follows every change from then on. */
export class PropertyIndexes {
  readonly #byProperty = new Map<string, PropertyIndex>();

  /** Whether {@link find} of a value would have to make the index. */
  lacks(property: string, value: CimValue): boolean {
    const key = comparisonKey(value);
    return key !== undefined && key !== null && !this.#byProperty.has(foldName(property));
  }

  /** Makes an index in steps, a piece in each. Instances may change between them: at the end it has what there is then. */
  *prepare(property: string, all: () => Pieces): Generator<void, void, void> {
    const name = foldName(property);
    const index = new PropertyIndex(name);
    const before = all();
    for (const piece of before) {
      yield;
      if (this.#byProperty.has(name)) return;
      for (const instance of piece) index.add(instance);
    }
    const now = all();
    for (const instance of withoutPieces(before, now)) index.remove(instance);
    for (const instance of withoutPieces(now, before)) index.add(instance);
    this.#byProperty.set(name, index);
  }

  /**
   * The instances whose property equals a value, in no order; undefined when some value of the property has no key.
   *
   * @param all every instance of the class, read when the property is asked for the first time
   */
  find(property: string, value: CimValue, all: () => Iterable<CimInstance>): readonly CimInstance[] | undefined {
    const key = comparisonKey(value);
    if (key === undefined || key === null) return undefined;
    const name = foldName(property);
    let index = this.#byProperty.get(name);
    if (!index) {
      index = new PropertyIndex(name);
      for (const instance of all()) index.add(instance);
      this.#byProperty.set(name, index);
    }
    return index.find(key);
  }

  add(instance: CimInstance): void {
    for (const index of this.#byProperty.values()) index.add(instance);
  }

  remove(instance: CimInstance): void {
    for (const index of this.#byProperty.values()) index.remove(instance);
  }

  replace(before: CimInstance, after: CimInstance): void {
    this.remove(before);
    this.add(after);
  }
}

function withoutPieces(pieces: Pieces, others: Pieces): readonly CimInstance[] {
  const left = new Set(others);
  return pieces.filter((piece) => !left.has(piece)).flat();
}
