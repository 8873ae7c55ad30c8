import type { ReferencingFilter } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import type { ExtentPage } from './extent.js';
import type { InstanceIndex } from './instance-index.js';

/** Whether a look-up other than by path gives now what it gave then. */
type Query = () => boolean;

type Found = readonly CimInstance[] | undefined;

/**
 * Reads committed instances and keeps what was asked and found, so that it can be said later whether all of it would be
 * found again. Instances are values, so results are compared by identity.
 */
export class ReadSet {
  readonly #index: InstanceIndex;
  /** Look-ups by path, each with what it found: most of all reads, and not worth an object each. */
  readonly #gets: (InstancePath | CimInstance | undefined)[] = [];
  #queries: Query[] | undefined;
  #isKept = true;

  constructor(index: InstanceIndex) {
    this.#index = index;
  }

  /** Keeps no more: from here on nothing changes any more. */
  stop(): void {
    this.#isKept = false;
  }

  /** Whether every read would give now what it gave. */
  isUnchanged(): boolean {
    for (let at = 0; at < this.#gets.length; at += 2) {
      // Every other one is a path.
      if (this.#index.get(this.#gets[at] as InstancePath) !== this.#gets[at + 1]) return false;
    }
    return this.#queries?.every((isUnchanged) => isUnchanged()) ?? true;
  }

  get sequence(): number {
    const { sequence } = this.#index;
    this.#keep(() => this.#index.sequence === sequence);
    return sequence;
  }

  isEmpty(): boolean {
    const isEmpty = this.#index.isEmpty();
    this.#keep(() => this.#index.isEmpty() === isEmpty);
    return isEmpty;
  }

  get(path: InstancePath): CimInstance | undefined {
    const found = this.#index.get(path);
    if (this.#isKept) this.#gets.push(path, found);
    return found;
  }

  findByKeys(namespace: string, canonicalKeys: string): readonly CimInstance[] {
    const found = this.#index.findByKeys(namespace, canonicalKeys);
    this.#keep(() => isSame(this.#index.findByKeys(namespace, canonicalKeys), found));
    return found;
  }

  referencing(path: InstancePath, filter: ReferencingFilter | undefined): readonly CimInstance[] {
    const found = this.#index.referencing(path, filter);
    this.#keep(() => isSame(this.#index.referencing(path, filter), found));
    return found;
  }

  count(namespace: string, classNames: readonly string[]): readonly number[] {
    const counts = this.#index.count(namespace, classNames);
    this.#keep(() => this.#index.count(namespace, classNames).every((count, at) => count === counts[at]));
    return counts;
  }

  snapshot(namespace: string, className: string): ReturnType<InstanceIndex['snapshot']> {
    const snapshot = this.#index.snapshot(namespace, className);
    const revision = this.#index.revision(namespace, className);
    this.#keep(() => {
      // A class may be large, and nearly never has anything of it changed.
      if (this.#index.revision(namespace, className) === revision) return true;
      return isSame(this.#index.snapshot(namespace, className).flat(), snapshot.flat());
    });
    return snapshot;
  }

  page(namespace: string, className: string, after: number, last: number, limit: number): ExtentPage {
    const page = this.#index.page(namespace, className, after, last, limit);
    this.#keep(() => {
      if (this.#index.isGone(last)) return false;
      const now = this.#index.page(namespace, className, after, last, limit);
      return now.next === page.next && isSame(now.items, page.items);
    });
    return page;
  }

  findEqual(namespace: string, classNames: readonly string[], property: string, value: CimKeyValue): Found {
    const found = this.#index.findEqual(namespace, classNames, property, value);
    this.#keep(() => isSame(this.#index.findEqual(namespace, classNames, property, value), found));
    return found;
  }

  #keep(isUnchanged: Query): void {
    if (!this.#isKept) return;
    this.#queries ??= [];
    this.#queries.push(isUnchanged);
  }
}

function isSame(a: Found, b: Found): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((instance, at) => instance === b[at]);
}
