import type {
  InstancePage,
  InstanceTransaction,
  PageOptions,
  ReferencingFilter,
} from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import type { NameMap } from '../../cim/model/name-map.js';
import { load, type MarkedNamespace } from './lazy-namespace.js';

/**
 * A transaction in a store with namespaces that fill when they are first used: what names one of these waits until it is full, and so does
 * all that is asked for after that, so that everything takes effect in the order in which it was asked for.
 */
export class LazyTransaction implements InstanceTransaction {
  readonly #inner: InstanceTransaction;
  readonly #lazy: NameMap<MarkedNamespace>;
  /** Those that are full, or on their way to it. */
  readonly #filled: Set<MarkedNamespace>;
  /** Undefined when nothing waits. */
  #filling: Promise<void> | undefined;
  #waiting = 0;

  constructor(inner: InstanceTransaction, lazy: NameMap<MarkedNamespace>, filled = new Set<MarkedNamespace>()) {
    this.#inner = inner;
    this.#lazy = lazy;
    this.#filled = filled;
  }

  get(path: InstancePath): Promise<CimInstance | undefined> {
    return this.#within([path.namespace], () => this.#inner.get(path));
  }

  getMany(paths: readonly InstancePath[]): Promise<readonly (CimInstance | undefined)[]> {
    return this.#within(namesIn(paths), () => this.#inner.getMany(paths));
  }

  findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]> {
    return this.#within([namespace], () => this.#inner.findByKeys(namespace, canonicalKeys));
  }

  count(namespace: string, classNames: readonly string[]): Promise<readonly number[]> {
    return this.#within([namespace], () => this.#inner.count(namespace, classNames));
  }

  scan(namespace: string, className: string): AsyncIterable<CimInstance> {
    const isFull = this.#filling === undefined && this.#emptyOnes([namespace]).length === 0;
    if (isFull) return this.#inner.scan(namespace, className);
    // It is of the moment in which it was asked for.
    const scanned = this.#within([namespace], async () => this.#inner.scan(namespace, className));
    // Whoever walks hears of what went wrong.
    scanned.catch(() => undefined);
    return walk(scanned);
  }

  referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]> {
    return this.#within([path.namespace], () => this.#inner.referencing(path, filter));
  }

  isEmpty(): Promise<boolean> {
    return this.#within([], () => this.#inner.isEmpty());
  }

  mark(namespace?: string): Promise<string> {
    return this.#within([namespace], () => this.#inner.mark(namespace));
  }

  page(namespace: string, classNames: readonly string[], options: PageOptions): Promise<InstancePage> {
    return this.#within([namespace], () => this.#inner.page(namespace, classNames, options));
  }

  findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined> {
    return this.#within([namespace], () => this.#inner.findEqual(namespace, classNames, property, value));
  }

  put(instance: CimInstance): Promise<void> {
    return this.#within([instance.path?.namespace], () => this.#inner.put(instance));
  }

  putMany(instances: readonly CimInstance[]): Promise<void> {
    const names = instances.map(({ path }) => path?.namespace);
    return this.#within([...new Set(names)], () => this.#inner.putMany(instances));
  }

  delete(path: InstancePath): Promise<boolean> {
    return this.#within([path.namespace], () => this.#inner.delete(path));
  }

  deleteMany(paths: readonly InstancePath[]): Promise<void> {
    return this.#within(namesIn(paths), () => this.#inner.deleteMany(paths));
  }

  clear(): Promise<void> {
    return this.#within([], () => {
      this.#filled.clear();
      return this.#inner.clear();
    });
  }

  discard(): void {
    this.#filled.clear();
    this.#inner.discard();
  }

  claim(): Promise<void> {
    return this.#within([], () => this.#inner.claim());
  }

  #within<T>(namespaces: readonly (string | undefined)[], act: () => Promise<T>): Promise<T> {
    const empty = this.#emptyOnes(namespaces);
    if (empty.length === 0 && this.#filling === undefined) return act();
    return this.#inTurn(empty, act);
  }

  #emptyOnes(namespaces: readonly (string | undefined)[]): readonly MarkedNamespace[] {
    return namespaces.flatMap((name) => {
      const one = name === undefined ? undefined : this.#lazy.get(name);
      return one === undefined || this.#filled.has(one) ? [] : one;
    });
  }

  async #inTurn<T>(empty: readonly MarkedNamespace[], act: () => Promise<T>): Promise<T> {
    for (const one of empty) this.#filled.add(one);
    if (empty.length > 0)
      this.#filling = (this.#filling ?? Promise.resolve()).then(() =>
        fill(this.#inner, empty, this.#lazy, this.#filled),
      );
    this.#waiting += 1;
    try {
      await this.#filling;
      return await act();
    } finally {
      this.#waiting -= 1;
      // What comes now comes after all that waited.
      if (this.#waiting === 0) this.#filling = undefined;
    }
  }
}

/**
 * Fills namespaces, those first that others of them follow from.
 *
 * @param filled those that are full, or on their way to it, these among them
 */
export async function fill(
  inner: InstanceTransaction,
  wanted: readonly MarkedNamespace[],
  lazy: NameMap<MarkedNamespace>,
  filled: Set<MarkedNamespace>,
): Promise<void> {
  // What follows reads others, which fill for it: it does not wait for those that wait for it.
  const within = new LazyTransaction(inner, lazy, filled);
  for (const one of await load(inner, wanted)) await one.follow?.(within);
}

async function* walk(scanned: Promise<AsyncIterable<CimInstance>>): AsyncIterable<CimInstance> {
  yield* await scanned;
}

/** The namespaces of paths, each once. */
function namesIn(paths: readonly InstancePath[]): readonly (string | undefined)[] {
  return [...new Set(paths.map(({ namespace }) => namespace))];
}
