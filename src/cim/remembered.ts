import type { CimInstance } from './model/cim-instance.js';
import type { InstancePath } from './model/instance-path.js';

/** How much is remembered at once; when it is more, all of it is forgotten. */
export interface Room<T> {
  /** The sizes of all values together. */
  readonly total: number;
  /** Larger values are not remembered; any are when absent. */
  readonly largest?: number | undefined;
  sizeOf(value: T): number;
}

/**
 * What was made of instances, or of their paths, in the shape that was asked for last.
 *
 * This is where it is relied on that a store hands out the same object for an instance as long as it is unchanged
 * (`InstanceReader`): what was made of one object stays right, since instances and paths are values, and is found again
 * with the next answer that has the object in it. A store that reads its instances anew, from a database, hands them out
 * through {@link SameInstances}; without it nothing would be wrong, only slower.
 */
export class Remembered<T> {
  readonly #limits: Room<T>;
  #values = new WeakMap<CimInstance | InstancePath, { readonly shape: string; readonly value: T }>();
  #left: number;

  constructor(limits: Room<T>) {
    this.#limits = limits;
    this.#left = limits.total;
  }

  /** @param shape whatever else than the source decides about the value */
  find(source: CimInstance | InstancePath, shape: string): T | undefined {
    const known = this.#values.get(source);
    return known?.shape === shape ? known.value : undefined;
  }

  /** Remembers a value, and gives it back. */
  keep(source: CimInstance | InstancePath, shape: string, value: T): T {
    const size = this.#limits.sizeOf(value);
    if (this.#limits.largest !== undefined && size > this.#limits.largest) return value;
    this.#left -= size;
    if (this.#left < 0) {
      this.#values = new WeakMap();
      this.#left = this.#limits.total;
    }
    this.#values.set(source, { shape, value });
    return value;
  }
}
