import type {
  InstancePage,
  InstanceReader,
  PageOptions,
  ReferencingFilter,
} from '../../cim/contracts/instance-store.js';
import type { HostTranslation } from '../../cim/hosts/host-translation.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimKeyValue, InstancePath } from '../../cim/model/instance-path.js';
import type { ClearedRecord } from './cleared-record.js';

/** What a view of a store consists of. */
export interface HostParts {
  readonly translation: HostTranslation;
  readonly cleared: ClearedRecord;
  /** Whether the host sees nothing at all. */
  isEmpty(reader: InstanceReader): Promise<boolean>;
  /** What another host sees. */
  onHost(reader: InstanceReader, name: string): InstanceReader | undefined;
}

/**
 * Reads what a host sees of a store, or of a transaction. There is one for each transaction: a class, whose methods are there already.
 */
export class HostReader implements InstanceReader {
  protected readonly parts: HostParts;
  readonly #reader: InstanceReader;

  constructor(reader: InstanceReader, parts: HostParts) {
    this.#reader = reader;
    this.parts = parts;
  }

  async get(path: InstancePath): Promise<CimInstance | undefined> {
    const { translation } = this.parts;
    return seenBy(translation, await this.#reader.get(translation.storedPath(path)));
  }

  async getMany(paths: readonly InstancePath[]): Promise<readonly (CimInstance | undefined)[]> {
    const { translation } = this.parts;
    const found = await this.#reader.getMany(paths.map((path) => translation.storedPath(path)));
    return found.map((one) => seenBy(translation, one));
  }

  async findByKeys(namespace: string, canonicalKeys: string): Promise<readonly CimInstance[]> {
    const keys = this.parts.translation.storedKeys(canonicalKeys);
    return this.#allSeen(await this.#reader.findByKeys(this.#stored(namespace), keys));
  }

  count(namespace: string, classNames: readonly string[]): Promise<readonly number[]> {
    return this.#reader.count(this.#stored(namespace), classNames);
  }

  scan(namespace: string, className: string): AsyncIterable<CimInstance> {
    return mapEach(this.#reader.scan(this.#stored(namespace), className), this.parts.translation);
  }

  async referencing(path: InstancePath, filter?: ReferencingFilter): Promise<readonly CimInstance[]> {
    const { translation } = this.parts;
    const found = await this.#reader.referencing(translation.storedPath(path), filter);
    return this.#allSeen(found.filter((one) => translation.isSeen(one.path?.namespace ?? '')));
  }

  isEmpty(): Promise<boolean> {
    return this.parts.isEmpty(this.#reader);
  }

  mark(namespace?: string): Promise<string> {
    return this.#reader.mark(namespace === undefined ? undefined : this.#stored(namespace));
  }

  async page(namespace: string, classNames: readonly string[], options: PageOptions): Promise<InstancePage> {
    const [page] = await Promise.all([
      this.#reader.page(this.#stored(namespace), classNames, options),
      this.parts.cleared.checkNotAfter(options.asOf, this.#reader),
    ]);
    return { instances: this.#allSeen(page.instances), next: page.next };
  }

  async findEqual(
    namespace: string,
    classNames: readonly string[],
    property: string,
    value: CimKeyValue,
  ): Promise<readonly CimInstance[] | undefined> {
    const stored = this.parts.translation.storedValue(value);
    const found = await this.#reader.findEqual(this.#stored(namespace), classNames, property, stored);
    return found && this.#allSeen(found);
  }

  onHost(name: string): InstanceReader | undefined {
    return this.parts.onHost(this.#reader, name);
  }

  #stored(namespace: string): string {
    return this.parts.translation.storedNamespace(namespace);
  }

  #allSeen(instances: readonly CimInstance[]): readonly CimInstance[] {
    return instances.map((one) => this.parts.translation.seenInstance(one));
  }
}

function seenBy(translation: HostTranslation, instance: CimInstance | undefined): CimInstance | undefined {
  return instance && translation.seenInstance(instance);
}

/** The walk begins when it is asked for, as that of the store does. */
async function* mapEach(
  instances: AsyncIterable<CimInstance>,
  translation: HostTranslation,
): AsyncIterable<CimInstance> {
  for await (const one of instances) yield translation.seenInstance(one);
}
