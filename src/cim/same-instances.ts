import type { CimInstance } from './model/cim-instance.js';

/** Instances that are known at most. */
const MAX_KNOWN = 65_536;

interface Known {
  readonly version: string;
  readonly instance: CimInstance;
}

/**
 * Gives stores that read their instances anew each time what `InstanceReader` promises: the same object for an instance
 * as long as its version is the same. Bounded; those that were asked for longest ago are forgotten.
 */
export class SameInstances {
  /** By canonical path, in the order in which they were asked for last. */
  readonly #remembered = new Map<string, Known>();

  /**
   * The object that stands for an instance.
   *
   * @param version of the instance that was read
   * @returns the object of earlier reads, or the one at hand when it is new, has another version, or has no path
   */
  of(instance: CimInstance, version: string): CimInstance {
    const key = instance.path?.canonical;
    if (key === undefined) return instance;
    const known = this.#remembered.get(key);
    this.#remembered.delete(key);
    const current = known?.version === version ? known : { version, instance };
    this.#remembered.set(key, current);
    if (this.#remembered.size > MAX_KNOWN) this.#forgetOldest();
    return current.instance;
  }

  #forgetOldest(): void {
    for (const oldest of this.#remembered.keys()) {
      this.#remembered.delete(oldest);
      return;
    }
  }
}
