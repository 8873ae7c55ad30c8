import type { CimInstance } from '../../cim/model/cim-instance.js';
import { bytesOfInstance } from '../parts/instance-size.js';
import type { StoredChange } from './backend.js';
import { readDocument } from './read-document.js';

/** An instance that was read or written, as it is committed. */
export interface Known {
  readonly sequence: number;
  readonly version: number;
  /** Canonical. */
  readonly path: string;
  /** Undefined: only as long as somebody else has it. */
  strong: CimInstance | undefined;
  weak: WeakRef<CimInstance> | undefined;
  bytes: number;
  /** Asked for since it was last passed over. */
  isUsed: boolean;
}

/** Paths at which nothing is. */
const MAX_ABSENT = 4096;
const MAX_ABSENT_LENGTH = 1024;

/**
 * Committed instances, so that the same object stands for one as long as its version is the same: a bounded number of bytes of them, and
 * beyond that those that somebody still has.
 */
export class InstanceCache {
  readonly #mostBytes: number;
  readonly #byPath = new Map<string, Known>();
  readonly #bySequence = new Map<number, Known>();
  readonly #absent = new Set<string>();
  /** Those that are kept, the oldest first. */
  readonly #kept = new Set<Known>();
  #bytes = 0;
  readonly #gone = new FinalizationRegistry<Known>((known) => {
    if (known.strong === undefined && known.weak?.deref() === undefined) this.#drop(known);
  });

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Instances that it knows of, for tests. */
  get size(): number {
    return this.#bySequence.size;
  }

  /** What is known to be at a path: null is nothing. */
  find(path: string): Known | null | undefined {
    const known = this.#byPath.get(path);
    if (known === undefined) return this.#absent.has(path) ? null : undefined;
    if (known.strong !== undefined) known.isUsed = true;
    else if (!this.#revive(known)) return undefined;
    return known;
  }

  noteAbsent(path: string): void {
    if (path.length > MAX_ABSENT_LENGTH) return;
    if (this.#absent.size >= MAX_ABSENT) this.#absent.clear();
    this.#absent.add(path);
  }

  /** The instance of a row that is committed at present. */
  adopt(sequence: number, version: number, document: string): CimInstance {
    const known = this.#bySequence.get(sequence);
    const same = known?.version === version ? this.instanceOf(known) : undefined;
    if (known && same) {
      this.#byPath.set(known.path, known);
      return same;
    }
    const instance = readDocument(document);
    this.#set(sequence, version, instance);
    return instance;
  }

  /** The object for a row of whatever time, which is not kept. */
  like(sequence: number, version: number, document: string): CimInstance {
    const known = this.#bySequence.get(sequence);
    return (known?.version === version ? this.instanceOf(known) : undefined) ?? readDocument(document);
  }

  instanceOf(known: Known): CimInstance | undefined {
    return known.strong ?? known.weak?.deref();
  }

  /** Takes up what a commit did. */
  apply({ path, sequence, formerSequence, after }: StoredChange, version: number): void {
    const known = this.#byPath.get(path.canonical);
    if (known && known.sequence !== sequence) this.#drop(known);
    const former = formerSequence === undefined ? undefined : this.#bySequence.get(formerSequence);
    if (former) this.#drop(former);
    this.#absent.delete(path.canonical);
    if (after) this.#set(sequence, version, after);
    else {
      const gone = this.#bySequence.get(sequence);
      if (gone) this.#drop(gone);
      this.noteAbsent(path.canonical);
    }
  }

  /** Nothing is known to be anywhere; the objects that stand for instances stay theirs. */
  forgetPlaces(): void {
    this.#byPath.clear();
    this.#absent.clear();
  }

  clear(): void {
    this.forgetPlaces();
    this.#bySequence.clear();
    this.#kept.clear();
    this.#bytes = 0;
  }

  #set(sequence: number, version: number, instance: CimInstance): void {
    const old = this.#bySequence.get(sequence);
    if (old) this.#drop(old);
    const path = instance.path?.canonical ?? '';
    const bytes = bytesOfInstance(instance);
    const known: Known = { sequence, version, path, strong: instance, weak: undefined, bytes, isUsed: false };
    this.#byPath.set(path, known);
    this.#absent.delete(path);
    this.#bySequence.set(sequence, known);
    this.#keep(known);
  }

  #keep(known: Known): void {
    this.#kept.add(known);
    this.#bytes += known.bytes;
    for (const oldest of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#kept.delete(oldest);
      if (oldest.isUsed) {
        oldest.isUsed = false;
        this.#kept.add(oldest);
        continue;
      }
      this.#bytes -= oldest.bytes;
      if (!oldest.strong) continue;
      oldest.weak = new WeakRef(oldest.strong);
      this.#gone.register(oldest.strong, oldest);
      oldest.strong = undefined;
    }
  }

  #revive(known: Known): boolean {
    const instance = known.weak?.deref();
    if (!instance) return false;
    known.strong = instance;
    this.#keep(known);
    return true;
  }

  #drop(known: Known): void {
    if (this.#bySequence.get(known.sequence) === known) this.#bySequence.delete(known.sequence);
    if (this.#byPath.get(known.path) === known) this.#byPath.delete(known.path);
    if (this.#kept.delete(known)) this.#bytes -= known.bytes;
  }
}
