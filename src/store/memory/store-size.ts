import { StoreError } from '../../cim/contracts/store-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { bytesOfInstance } from '../parts/instance-size.js';

/** Bytes that the committed instances take, and the bound on them. */
export class StoreSize {
  #bytes = 0;
  /** Asked for with each commit. */
  readonly #most: () => number;

  constructor(most: () => number) {
    this.#most = most;
  }

  /**
   * Counts what a commit adds, or sets free. What sets more free than it adds always fits.
   *
   * @returns the bytes of what was there before
   * @throws StoreError full: nothing is counted then
   */
  change(before: Iterable<CimInstance>, after: Iterable<CimInstance>): number {
    const gone = bytesOf(before);
    this.#move(this.#bytes - gone + bytesOf(after));
    return gone;
  }

  /** The same for a commit that takes the place of everything. @throws StoreError full */
  replaceAll(after: Iterable<CimInstance>): void {
    let bytes = 0;
    for (const instance of after) bytes += knownBytesOf(instance);
    this.#move(bytes);
  }

  #move(bytes: number): void {
    if (bytes > this.#bytes && bytes > this.#most()) {
      throw new StoreError('full', `the instances would take more than ${this.#most()} bytes`);
    }
    this.#bytes = bytes;
  }
}

/** Of instances that whole stores are filled with: the same come again with each reset, also of other stores. */
const known = new WeakMap<CimInstance, number>();

function knownBytesOf(instance: CimInstance): number {
  let bytes = known.get(instance);
  if (bytes === undefined) {
    bytes = bytesOfInstance(instance);
    known.set(instance, bytes);
  }
  return bytes;
}

function bytesOf(instances: Iterable<CimInstance>): number {
  let bytes = 0;
  for (const instance of instances) bytes += bytesOfInstance(instance);
  return bytes;
}
