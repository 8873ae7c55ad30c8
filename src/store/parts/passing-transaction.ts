import type {
  InstancePage,
  InstanceTransaction,
  PageOptions,
  ReferencingFilter,
} from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';

/** Does what another transaction does: for those that do something of it in a way of their own. */
export class PassingTransaction implements InstanceTransaction {
  protected readonly inner: InstanceTransaction;

  constructor(inner: InstanceTransaction) {
    this.inner = inner;
  }

  get(path: InstancePath): Promise<CimInstance | undefined> {
    return this.inner.get(path);
  }

  getMany(paths: readonly InstancePath[]): Promise<readonly (CimInstance | undefined)[]> {
    return this.inner.getMany(paths);
  }

  findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]> {
    return this.inner.findByKeys(namespace, canonicalKeys);
  }

  count(namespace: string, classNames: readonly string[]): Promise<readonly number[]> {
    return this.inner.count(namespace, classNames);
  }

  scan(namespace: string, className: string): AsyncIterable<CimInstance> {
    return this.inner.scan(namespace, className);
  }

  referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]> {
    return this.inner.referencing(path, filter);
  }

  isEmpty(): Promise<boolean> {
    return this.inner.isEmpty();
  }

  mark(namespace?: string): Promise<string> {
    return this.inner.mark(namespace);
  }

  page(namespace: string, classNames: readonly string[], options: PageOptions): Promise<InstancePage> {
    return this.inner.page(namespace, classNames, options);
  }

  findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined> {
    return this.inner.findEqual(namespace, classNames, property, value);
  }

  put(instance: CimInstance): Promise<void> {
    return this.inner.put(instance);
  }

  putMany(instances: readonly CimInstance[]): Promise<void> {
    return this.inner.putMany(instances);
  }

  delete(path: InstancePath): Promise<boolean> {
    return this.inner.delete(path);
  }

  deleteMany(paths: readonly InstancePath[]): Promise<void> {
    return this.inner.deleteMany(paths);
  }

  clear(): Promise<void> {
    return this.inner.clear();
  }

  discard(): void {
    this.inner.discard();
  }

  claim(): Promise<void> {
    return this.inner.claim();
  }
}
