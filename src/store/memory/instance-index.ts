import type { ReferencingFilter } from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type CimKeyValue, InstancePath, normalizeNamespace } from '../../cim/model/instance-path.js';
import { foldName, sameName } from '../../cim/model/name-map.js';
import { findReferring } from '../parts/find-referring.js';
import { Extent, type ExtentCell, type ExtentPage } from './extent.js';
import { PropertyIndexes } from './property-index.js';
import { type IndexedInstance, ReferenceIndex } from './reference-index.js';

interface Entry extends IndexedInstance {
  readonly cell: ExtentCell;
  /** Number in the order of creation. */
  readonly sequence: number;
  /** As given when it was put last; 0: the one with which the whole index was taken over. */
  version: number;
}

/** Nearly always one instance has given keys; instances of several classes may. By folded class name then. */
type Bucket = Entry | Map<string, Entry>;

interface NamespaceIndex {
  readonly byKeys: Map<string, Bucket>;
  readonly extents: Map<string, Extent>;
  /** By folded class name, of classes that were searched by a property. */
  readonly properties: Map<string, PropertyIndexes>;
}

/** Instances of a class whose index takes longer than others should wait. */
const MANY = 1024;

/** Instances, found by path, by keys, by class and by the references they hold. Plain synchronous data. */
export class InstanceIndex {
  /** By folded name. */
  #namespaces = new Map<string, NamespaceIndex>();
  /** The namespace last asked for, as it was spelled: nearly always the next one too. */
  #last: { readonly name: string | undefined; readonly space: NamespaceIndex } | undefined;
  #references = new ReferenceIndex();
  #sequence: number;
  /** Marks before this number are of instances that are all gone. */
  #first: number;
  /** No revision has been greater. */
  #revision = 0;
  #takenOverVersion = 0;

  /** @param first when others were cleared away before: their numbers are up to it, and no mark may be less */
  constructor(first?: number) {
    this.#sequence = first ?? 0;
    this.#first = first ?? Number.NEGATIVE_INFINITY;
  }

  /** Number of the instance added last; instances are numbered from 1 in the order of their creation. */
  get sequence(): number {
    return this.#sequence;
  }

  get(path: InstancePath): CimInstance | undefined {
    const bucket = this.#space(path.namespace)?.byKeys.get(path.canonicalKeys);
    return bucket && entryOf(bucket, path.className)?.instance;
  }

  /** The version that was given with the instance at a path. */
  versionOf(path: InstancePath): number | undefined {
    const bucket = this.#space(path.namespace)?.byKeys.get(path.canonicalKeys);
    const version = bucket && entryOf(bucket, path.className)?.version;
    return version === 0 ? this.#takenOverVersion : version;
  }

  isEmpty(): boolean {
    for (const { byKeys } of this.#namespaces.values()) if (byKeys.size > 0) return false;
    return true;
  }

  findByKeys(namespace: string, canonicalKeys: string): CimInstance[] {
    const bucket = this.#space(normalizeNamespace(namespace))?.byKeys.get(canonicalKeys);
    if (!bucket) return [];
    return bucket instanceof Map ? Array.from(bucket.values(), (entry) => entry.instance) : [bucket.instance];
  }

  count(namespace: string, classNames: readonly string[]): number[] {
    const extents = this.#space(normalizeNamespace(namespace))?.extents;
    return classNames.map((name) => extents?.get(foldName(name))?.size ?? 0);
  }

  /** Another number after each change of an instance of the class; 0 while it never had one. */
  revision(namespace: string, className: string): number {
    return this.#space(normalizeNamespace(namespace))?.extents.get(foldName(className))?.revision ?? 0;
  }

  /** The instances of a class in the order of their creation, in pieces; later changes do not show. */
  snapshot(namespace: string, className: string): readonly (readonly CimInstance[])[] {
    return this.#space(normalizeNamespace(namespace))?.extents.get(foldName(className))?.snapshot() ?? [];
  }

  referencing(path: InstancePath, filter: ReferencingFilter | undefined): readonly CimInstance[] {
    return this.#references.find(path, filter);
  }

  /** Whether all that had been created at a mark was cleared away. */
  isGone(mark: number): boolean {
    return mark < this.#first;
  }

  /**
   * At most `limit` instances of a class with numbers greater than `after` and not greater than `last`; 0 asks whether there are any.
   *
   * @throws StoreError conflict when all that had been created at `last` is gone
   */
  page(namespace: string, className: string, after: number, last: number, limit: number): ExtentPage {
    if (this.isGone(last)) throw new StoreError('conflict', 'all instances have been cleared away since the mark');
    const extent = this.#space(normalizeNamespace(namespace))?.extents.get(foldName(className));
    return extent?.page(after, last, limit) ?? { items: [], next: undefined };
  }

  /** Instances of some classes by the value of a property; undefined when there is no index that could tell. */
  findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): readonly CimInstance[] | undefined {
    if (value instanceof InstancePath) {
      const referencing = (target: InstancePath, filter: ReferencingFilter) => this.#references.find(target, filter);
      return findReferring(referencing, namespace, classNames, property, value);
    }
    const space = this.#space(normalizeNamespace(namespace));
    const lists: (readonly CimInstance[])[] = [];
    for (const className of classNames) {
      const found = findEqualIn(space, foldName(className), property, value);
      if (!found) return undefined;
      if (found.length > 0) lists.push(found);
    }
    return lists.length === 1 ? lists[0] : lists.flat();
  }

  /** Makes what {@link findEqual} would make at first, in steps; undefined when that is nothing, or done in no time. */
  prepareFindEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Generator<void, void, void> | undefined {
    if (value instanceof InstancePath) return undefined;
    const space = this.#space(normalizeNamespace(namespace));
    if (!space) return undefined;
    const names = classNames.map(foldName).filter((className) => {
      const isLarge = (space.extents.get(className)?.size ?? 0) > MANY;
      return isLarge && (space.properties.get(className)?.lacks(property, value) ?? true);
    });
    return names.length === 0 ? undefined : prepareAll(space, names, property);
  }

  /** Every instance, in the order of their creation. */
  all(): CimInstance[] {
    const numbered: (readonly [number, CimInstance])[] = [];
    for (const { extents } of this.#namespaces.values()) {
      for (const extent of extents.values()) for (const one of extent.numbered()) numbered.push(one);
    }
    return numbered.sort(([a], [b]) => a - b).map(([, instance]) => instance);
  }

  /**
   * Has the instances of another index in the place of its own, which nobody may use any more then.
   *
   * @param version of all that is put in the other one without one
   */
  takeOver(other: InstanceIndex, version: number): void {
    const revision = this.#greatestRevision();
    this.#last = undefined;
    this.#takenOverVersion = version;
    if (other.#first > this.#sequence) {
      this.#namespaces = other.#namespaces;
      this.#references = other.#references;
      this.#sequence = other.#sequence;
      this.#first = other.#first;
    } else {
      // Others have added instances since it was made: its numbers are theirs.
      this.#namespaces = new Map();
      this.#references = new ReferenceIndex();
      this.#sequence += 1;
      this.#first = this.#sequence;
    }
    // Whoever compares revisions must not take a class for one that it was before.
    this.#revision = revision + 1;
    for (const { extents } of this.#namespaces.values()) {
      for (const extent of extents.values()) extent.moveRevision(this.#revision);
    }
    if (this.#namespaces === other.#namespaces) return;
    for (const instance of other.all()) if (instance.path) this.put(instance.path, instance);
  }

  #greatestRevision(): number {
    let greatest = this.#revision;
    for (const { extents } of this.#namespaces.values()) {
      for (const { revision } of extents.values()) greatest = Math.max(greatest, revision);
    }
    return greatest;
  }

  /**
   * Adds an instance, or puts it in the place of the one at its path.
   *
   * @returns the one whose place it took
   */
  put(path: InstancePath, instance: CimInstance, version = 0): CimInstance | undefined {
    const space = this.#createSpace(path.namespace);
    const className = foldName(path.className);
    const bucket = space.byKeys.get(path.canonicalKeys);
    const entry = bucket && entryOf(bucket, className);
    const extent = extentOf(space, className, this.#revision);
    if (entry) {
      const before = entry.instance;
      entry.version = version;
      extent.replace(entry.cell, entry.sequence, instance);
      space.properties.get(className)?.replace(before, instance);
      this.#references.replace(entry, instance);
      return before;
    }
    this.#sequence += 1;
    const cell = extent.append(instance, this.#sequence);
    const added: Entry = { instance, cell, sequence: this.#sequence, version };
    space.byKeys.set(path.canonicalKeys, bucketWith(bucket, className, added));
    space.properties.get(className)?.add(instance);
    this.#references.add(added);
    return undefined;
  }

  remove(path: InstancePath): boolean {
    const space = this.#space(path.namespace);
    const bucket = space?.byKeys.get(path.canonicalKeys);
    const className = foldName(path.className);
    const entry = bucket && entryOf(bucket, className);
    if (!space || !entry) return false;
    if (bucket instanceof Map) bucket.delete(className);
    if (bucket === entry || (bucket instanceof Map && bucket.size === 0)) space.byKeys.delete(path.canonicalKeys);
    extentOf(space, className, this.#revision).remove(entry.cell, entry.sequence);
    space.properties.get(className)?.remove(entry.instance);
    this.#references.remove(entry);
    return true;
  }

  #space(name: string | undefined): NamespaceIndex | undefined {
    if (this.#last && this.#last.name === name) return this.#last.space;
    const space = this.#namespaces.get(foldName(name ?? ''));
    if (space) this.#last = { name, space };
    return space;
  }

  #createSpace(name: string | undefined): NamespaceIndex {
    const key = foldName(name ?? '');
    let space = this.#namespaces.get(key);
    if (!space) {
      space = { byKeys: new Map(), extents: new Map(), properties: new Map() };
      this.#namespaces.set(key, space);
    }
    return space;
  }
}

function findEqualIn(
  space: NamespaceIndex | undefined,
  foldedClassName: string,
  property: string,
  value: CimKeyValue,
): readonly CimInstance[] | undefined {
  const extent = space?.extents.get(foldedClassName);
  if (!space || !extent) return [];
  const all = () => extent.page(0, Number.POSITIVE_INFINITY, extent.size).items;
  return indexesOf(space, foldedClassName).find(property, value, all);
}

function* prepareAll(
  space: NamespaceIndex,
  foldedClassNames: readonly string[],
  property: string,
): Generator<void, void, void> {
  for (const className of foldedClassNames) {
    yield* indexesOf(space, className).prepare(property, () => space.extents.get(className)?.snapshot() ?? []);
  }
}

function indexesOf(space: NamespaceIndex, foldedClassName: string): PropertyIndexes {
  let indexes = space.properties.get(foldedClassName);
  if (!indexes) {
    indexes = new PropertyIndexes();
    space.properties.set(foldedClassName, indexes);
  }
  return indexes;
}

function extentOf(space: NamespaceIndex, foldedClassName: string, revision: number): Extent {
  let extent = space.extents.get(foldedClassName);
  if (!extent) {
    extent = new Extent(revision);
    space.extents.set(foldedClassName, extent);
  }
  return extent;
}

function entryOf(bucket: Bucket, className: string): Entry | undefined {
  if (bucket instanceof Map) return bucket.get(foldName(className));
  return sameName(pathOf(bucket).className, className) ? bucket : undefined;
}

function bucketWith(bucket: Bucket | undefined, foldedClassName: string, added: Entry): Bucket {
  if (!bucket) return added;
  const entries = bucket instanceof Map ? bucket : new Map([[foldName(pathOf(bucket).className), bucket]]);
  return entries.set(foldedClassName, added);
}

function pathOf(entry: Entry): { readonly className: string } {
  return entry.instance.path ?? entry.instance;
}
