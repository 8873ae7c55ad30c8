import type { CimInstance } from '../cim/cim-instance.js';
import { type InstancePath, normalizeNamespace } from '../cim/instance-path.js';
import type { ReferencingFilter } from '../cim/instance-store.js';
import { foldName, sameName } from '../cim/name-map.js';
import { Extent, type ExtentCell } from './extent.js';
import { type IndexedInstance, ReferenceIndex } from './reference-index.js';

interface Entry extends IndexedInstance {
  cell: ExtentCell;
}

/** Nearly always one instance has given keys; instances of several classes may. By folded class name then. */
type Bucket = Entry | Map<string, Entry>;

interface NamespaceIndex {
  readonly byKeys: Map<string, Bucket>;
  readonly extents: Map<string, Extent>;
}

/** Instances, found by path, by keys, by class and by the references they hold. Plain synchronous data. */
export class InstanceIndex {
  /** By folded name. */
  readonly #namespaces = new Map<string, NamespaceIndex>();
  /** The namespace last asked for, as it was spelled: nearly always the next one too. */
  #last: { readonly name: string | undefined; readonly namespace: NamespaceIndex } | undefined;
  readonly #references = new ReferenceIndex();

  /** Equal for the same namespace and class, however they are written. */
  static extentKey(namespace: string, className: string): string {
    return foldName(`${normalizeNamespace(namespace)}:${className}`);
  }

  get(path: InstancePath): CimInstance | undefined {
    const bucket = this.#namespace(path.namespace)?.byKeys.get(path.canonicalKeys);
    return bucket && entryOf(bucket, path.className)?.instance;
  }

  findByKeys(namespace: string, canonicalKeys: string): CimInstance[] {
    const bucket = this.#namespace(normalizeNamespace(namespace))?.byKeys.get(canonicalKeys);
    if (!bucket) return [];
    return bucket instanceof Map ? Array.from(bucket.values(), (entry) => entry.instance) : [bucket.instance];
  }

  count(namespace: string, className: string): number {
    return this.#namespace(normalizeNamespace(namespace))?.extents.get(foldName(className))?.size ?? 0;
  }

  /** The instances of a class in the order of their creation, in pieces; later changes do not show. */
  snapshot(namespace: string, className: string): readonly (readonly CimInstance[])[] {
    return this.#namespace(normalizeNamespace(namespace))?.extents.get(foldName(className))?.snapshot() ?? [];
  }

  referencing(path: InstancePath, filter: ReferencingFilter | undefined): readonly CimInstance[] {
    return this.#references.find(path, filter);
  }

  /** Every instance, those of one class in the order of their creation. */
  *all(): IterableIterator<CimInstance> {
    for (const { extents } of this.#namespaces.values()) {
      for (const extent of extents.values()) for (const items of extent.snapshot()) yield* items;
    }
  }

  /** Adds an instance, or puts it in the place of the one at its path. */
  put(path: InstancePath, instance: CimInstance): void {
    const namespace = this.#createNamespace(path.namespace);
    const className = foldName(path.className);
    const bucket = namespace.byKeys.get(path.canonicalKeys);
    const entry = bucket && entryOf(bucket, className);
    const extent = extentOf(namespace, className);
    if (entry) {
      extent.replace(entry.cell, entry.instance, instance);
      this.#references.replace(entry, instance);
      return;
    }
    const added: Entry = { instance, cell: extent.append(instance) };
    namespace.byKeys.set(path.canonicalKeys, bucketWith(bucket, className, added));
    this.#references.add(added);
  }

  remove(path: InstancePath): boolean {
    const namespace = this.#namespace(path.namespace);
    const bucket = namespace?.byKeys.get(path.canonicalKeys);
    const className = foldName(path.className);
    const entry = bucket && entryOf(bucket, className);
    if (!namespace || !entry) return false;
    if (bucket instanceof Map) bucket.delete(className);
    if (bucket === entry || (bucket instanceof Map && bucket.size === 0)) namespace.byKeys.delete(path.canonicalKeys);
    extentOf(namespace, className).remove(entry.cell, entry.instance);
    this.#references.remove(entry);
    return true;
  }

  #namespace(name: string | undefined): NamespaceIndex | undefined {
    if (this.#last && this.#last.name === name) return this.#last.namespace;
    const namespace = this.#namespaces.get(foldName(name ?? ''));
    if (namespace) this.#last = { name, namespace };
    return namespace;
  }

  #createNamespace(name: string | undefined): NamespaceIndex {
    const key = foldName(name ?? '');
    let namespace = this.#namespaces.get(key);
    if (!namespace) {
      namespace = { byKeys: new Map(), extents: new Map() };
      this.#namespaces.set(key, namespace);
    }
    return namespace;
  }
}

function extentOf(namespace: NamespaceIndex, foldedClassName: string): Extent {
  let extent = namespace.extents.get(foldedClassName);
  if (!extent) {
    extent = new Extent();
    namespace.extents.set(foldedClassName, extent);
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
