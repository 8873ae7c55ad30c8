import { bytesOfText, ENTRY_BYTES, type Memory, messageMemory } from '../strings/message-memory.js';
import type { CimInstance } from './model/cim-instance.js';
import type { InstancePath } from './model/instance-path.js';

/** How much is remembered at once; when it is more, all of it is forgotten. */
export interface Bounds {
  /** Bytes of all values together. */
  readonly most: number;
  /** Bytes of one value; larger ones are not remembered. Any are when absent. */
  readonly largest?: number | undefined;
}

/** The room that values of one kind share, however many there are who keep some. */
export class Room<T> {
  readonly memory: Memory;
  readonly largest: number;
  readonly bytesOf: (value: T) => number;
  /** How often all was forgotten. */
  age = 0;

  /** @param bytesOf what a value takes in memory */
  constructor({ most, largest = most }: Bounds, bytesOf: (value: T) => number) {
    this.memory = messageMemory.join({ most, forget: () => this.age++ });
    this.largest = largest;
    this.bytesOf = bytesOf;
  }
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
  readonly #room: Room<T>;
  #values = new WeakMap<CimInstance | InstancePath, { readonly shape: string; readonly value: T }>();
  #age: number;

  constructor(room: Room<T>) {
    this.#room = room;
    this.#age = room.age;
  }

  /** @param shape whatever else than the source decides about the value */
  find(source: CimInstance | InstancePath, shape: string): T | undefined {
    if (this.#age !== this.#room.age) return undefined;
    const known = this.#values.get(source);
    return known?.shape === shape ? known.value : undefined;
  }

  /** Remembers a value, and gives it back. */
  keep(source: CimInstance | InstancePath, shape: string, value: T): T {
    const { largest, bytesOf, memory } = this.#room;
    const size = bytesOf(value);
    if (size > largest) return value;
    const bytes = ENTRY_BYTES + size + bytesOfText(shape);
    if (!memory.take(bytes)) return value;
    if (this.#age !== this.#room.age) {
      this.#values = new WeakMap();
      this.#age = this.#room.age;
    }
    const before = this.#values.get(source);
    if (before !== undefined) memory.give(ENTRY_BYTES + bytesOf(before.value) + bytesOfText(before.shape));
    this.#values.set(source, { shape, value });
    return value;
  }
}
