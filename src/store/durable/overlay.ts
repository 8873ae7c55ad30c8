import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { foldName } from '../../cim/model/name-map.js';
import type { Read, StoredChange } from './backend.js';
import { type IndexEntries, indexEntries, indexKey } from './index-entries.js';
import type { Found } from './look-ups.js';

/** What lies over one path. */
export interface Laid {
  readonly path: InstancePath;
  readonly sequence: number;
  /** The one below, whose place it takes. */
  readonly below: { readonly sequence: number; readonly instance: CimInstance } | undefined;
  /** Undefined: there is nothing at the path any more. */
  readonly after: CimInstance | undefined;
}

type ListRead = Extract<Read, { kind: 'keys' | 'referencing' | 'equal' | 'page' }>;

/** Writes that lie over the instances below: reads of both are joined at the cost of their results. */
export class Overlay {
  /** Nothing is below. */
  readonly isCleared: boolean;
  readonly #byPath = new Map<string, Laid>();
  readonly #hidden = new Set<number>();
  /** By namespace and class. */
  readonly #byClass = new Map<string, Set<Laid>>();
  /** Numbers of instances that are removed, the same way. */
  readonly #removed = new Map<string, number>();
  /** By keys and by targets, once these were asked for. */
  #index: Map<string, Set<Laid>> | undefined;

  constructor(isCleared = false) {
    this.isCleared = isCleared;
  }

  get size(): number {
    return this.#byPath.size;
  }

  get(path: string): Laid | undefined {
    return this.#byPath.get(path);
  }

  /** In the order in which they were written first. */
  all(): IterableIterator<Laid> {
    return this.#byPath.values();
  }

  set(laid: Laid): void {
    const key = laid.path.canonical;
    const old = this.#byPath.get(key);
    if (old) this.#unlay(old);
    // What was removed and put anew comes after those written meanwhile.
    if (old && old.sequence !== laid.sequence) this.#byPath.delete(key);
    this.#byPath.set(key, laid);
    if (laid.below) this.#hidden.add(laid.below.sequence);
    if (!laid.after) this.#countRemoved(laid, 1);
    if (!laid.after) return;
    const entries = indexEntries(laid.after);
    addTo(this.#byClass, `${entries.namespace}:${entries.className}`, laid);
    if (this.#index) addToIndex(this.#index, entries, laid);
  }

  /** Takes away what was only ever written here. */
  delete(path: string): void {
    const old = this.#byPath.get(path);
    if (old) this.#unlay(old);
    this.#byPath.delete(path);
  }

  /** Lays a commit over all. */
  lay({ path, sequence, formerSequence, before, after }: StoredChange): void {
    const old = this.#byPath.get(path.canonical);
    const below = old ? old.below : before && { sequence: formerSequence ?? sequence, instance: before };
    if (!below && !after) this.delete(path.canonical);
    else this.set({ path, sequence, below, after });
  }

  #unlay(laid: Laid): void {
    if (laid.below) this.#hidden.delete(laid.below.sequence);
    if (!laid.after) this.#countRemoved(laid, -1);
    if (!laid.after) return;
    const entries = indexEntries(laid.after);
    this.#byClass.get(`${entries.namespace}:${entries.className}`)?.delete(laid);
    if (this.#index) removeFromIndex(this.#index, entries, laid);
  }

  #countRemoved({ path }: Laid, by: number): void {
    const key = `${foldName(path.namespace ?? '')}:${foldName(path.className)}`;
    this.#removed.set(key, (this.#removed.get(key) ?? 0) + by);
  }

  /** By how much it changes the number of instances of a class below it. */
  countChange(namespace: string, className: string): number {
    const key = `${namespace}:${className}`;
    let by = 0 - (this.#removed.get(key) ?? 0);
    for (const { below } of this.#byClass.get(key) ?? []) if (!below) by += 1;
    return by;
  }

  /** What a read finds when this lies over what it found below. A page may come to have more than its limit, or less. */
  join(read: ListRead, below: Found): Found {
    const laid = this.#matching(read);
    const hides = this.#hidden.size > 0 && below.sequences.some((sequence) => this.#hidden.has(sequence));
    if (laid.length === 0 && !hides) return below;
    const seen: { sequence: number; after: CimInstance }[] = [];
    for (const [at, sequence] of below.sequences.entries()) {
      const after = below.instances[at];
      if (after && !this.#hidden.has(sequence)) seen.push({ sequence, after });
    }
    for (const { sequence, after } of laid) if (after) seen.push({ sequence, after });
    seen.sort((a, b) => a.sequence - b.sequence);
    return {
      sequences: seen.map(({ sequence }) => sequence),
      instances: seen.map(({ after }) => after),
      more: below.more,
    };
  }

  /** Whether some instance of a class has a value without a key. */
  isUnkeyed(namespace: string, className: string, property: string): boolean {
    for (const { after } of this.#byClass.get(`${namespace}:${className}`) ?? []) {
      if (after && indexKey(after, property) === undefined) return true;
    }
    return false;
  }

  /** Whether it has to do with instances of a class at all. */
  concerns(namespace: string, className: string): boolean {
    const key = `${namespace}:${className}`;
    return (this.#byClass.get(key)?.size ?? 0) > 0 || (this.#removed.get(key) ?? 0) > 0;
  }

  #matching(read: ListRead): Laid[] {
    if (this.#byPath.size === 0) return [];
    switch (read.kind) {
      case 'page': {
        const all = [...(this.#byClass.get(`${read.namespace}:${read.className}`) ?? [])];
        return all.filter(({ sequence }) => sequence > read.after && sequence <= read.last);
      }
      case 'equal': {
        const all = [...(this.#byClass.get(`${read.namespace}:${read.className}`) ?? [])];
        return all.filter(({ after }) => after && indexKey(after, read.property) === read.key);
      }
      case 'keys':
        return [...(this.#indexed().get(`k${read.namespace}:${read.keys}`) ?? [])];
      case 'referencing':
        return [...(this.#indexed().get(`t${read.target}`) ?? [])].filter(({ after }) => {
          if (!after) return false;
          const { className, references } = indexEntries(after);
          if (read.classNames && !read.classNames.includes(className)) return false;
          return references.some(
            ({ role, target }) => target === read.target && (read.role === undefined || role === read.role),
          );
        });
    }
  }

  #indexed(): Map<string, Set<Laid>> {
    if (this.#index) return this.#index;
    this.#index = new Map();
    for (const laid of this.#byPath.values()) if (laid.after) addToIndex(this.#index, indexEntries(laid.after), laid);
    return this.#index;
  }
}

function addToIndex(index: Map<string, Set<Laid>>, { namespace, keys, references }: IndexEntries, laid: Laid): void {
  addTo(index, `k${namespace}:${keys}`, laid);
  for (const { target } of references) addTo(index, `t${target}`, laid);
}

function removeFromIndex(
  index: Map<string, Set<Laid>>,
  { namespace, keys, references }: IndexEntries,
  laid: Laid,
): void {
  index.get(`k${namespace}:${keys}`)?.delete(laid);
  for (const { target } of references) index.get(`t${target}`)?.delete(laid);
}

function addTo(index: Map<string, Set<Laid>>, key: string, laid: Laid): void {
  const set = index.get(key);
  if (set) set.add(laid);
  else index.set(key, new Set([laid]));
}
