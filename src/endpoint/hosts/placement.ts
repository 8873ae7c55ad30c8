import type { Namespace } from '../../cim/contracts/namespaces.js';
import type { HostDeclaration, HostNames } from '../../cim/hosts/host-names.js';
import { hostNamespace, splitHost } from '../../cim/hosts/host-namespace.js';
import type { HostScope } from '../../cim/hosts/host-scope.js';
import { HostTranslation } from '../../cim/hosts/host-translation.js';
import { loadedMarks } from '../../cim/loaded-mark.js';
import { CimInstance } from '../../cim/model/cim-instance.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { NamespaceTree } from '../namespace-tree.js';

/** One of several computers, and what it has of the store. */
export interface PlacedHost {
  readonly declaration: HostDeclaration;
  readonly scope: HostScope;
  readonly translation: HostTranslation;
}

/**
 * Where in the one store what a lab says of several computers lies. A namespace in which anything is said of one host is every host's own; what
 * names no host there is every host's. So are those that every computer has by itself. All other namespaces they have together.
 */
export class Placement {
  readonly names: HostNames;
  readonly hosts: readonly PlacedHost[];
  readonly #own: NameMap<string>;
  readonly #storedTrees = new WeakMap<NamespaceTree, NamespaceTree>();

  /**
   * @param own the namespaces that every computer has by itself, as Windows has `root/cimv2`
   * @param namespaces all there are
   */
  constructor(
    names: HostNames,
    own: readonly string[],
    namespaces: readonly Namespace[],
    instances: readonly CimInstance[],
  ) {
    this.names = names;
    this.#own = ownNamespaces(own, instances);
    const spaces = namespaces.map(({ name, schema }) => ({
      name,
      isOwn: this.#own.has(name),
      classNames: () => [...schema.classNames],
    }));
    this.hosts = Array.from(names, (declaration) => {
      const scope = { name: declaration.name, hosts: names, namespaces: [...spaces, loadedMarks] };
      return { declaration, scope, translation: new HostTranslation(scope) };
    });
  }

  get default(): PlacedHost | undefined {
    return this.#hostNamed(this.names.default?.name ?? '');
  }

  /** Instances as they lie in the store. What is said of a host comes over what is said of all. */
  place(instances: readonly CimInstance[]): readonly CimInstance[] {
    if (this.hosts.length === 0) return instances;
    const placed = new Map<string, CimInstance>();
    const put = (instance: CimInstance): void => {
      const key = instance.path?.canonical ?? '';
      placed.set(key, changed(placed.get(key), instance));
    };
    const ofOne = instances.filter((one) => hostOf(one) !== undefined);
    const ofNone = instances.filter((one) => hostOf(one) === undefined);
    for (const instance of ofNone)
      for (const host of this.#having(instance)) put(host.translation.storedInstance(instance));
    for (const instance of ofOne) put(this.placeOn(undefined, instance));
    return [...placed.values()];
  }

  /** The same of an instance that is given to one host, unless it is said to be another's. */
  placeOn(given: string | undefined, instance: CimInstance): CimInstance {
    const { host = given, namespace } = splitHost(instance.path?.namespace ?? '');
    const translation = (this.#hostNamed(host ?? '') ?? this.default)?.translation;
    return (
      translation?.storedInstance(instance.path ? instance.at(instance.path.inNamespace(namespace)) : instance) ??
      instance
    );
  }

  /** The namespaces of the store, those of all hosts among them. */
  storedTree(tree: NamespaceTree): NamespaceTree {
    const stored = this.#storedTrees.get(tree) ?? this.#storeTree(tree);
    this.#storedTrees.set(tree, stored);
    return stored;
  }

  #storeTree(tree: NamespaceTree): NamespaceTree {
    const others = this.hosts.filter((host) => host !== this.default);
    const own = tree.namespaces.filter(({ name }) => this.#own.has(name));
    const namespaces = [
      ...tree.namespaces,
      ...others.flatMap(({ declaration }) =>
        own.map(({ name, schema }) => ({ name: hostNamespace(declaration.name, name), schema })),
      ),
    ];
    return { namespaces, names: namespaces.map(({ name }) => name), instances: this.place(tree.instances) };
  }

  #hostNamed(name: string): PlacedHost | undefined {
    const found = this.names.find(name);
    return this.hosts.find(({ declaration }) => declaration === found);
  }

  /** Who has an instance of which no host is named. */
  #having({ path }: CimInstance): readonly PlacedHost[] {
    if (this.#own.has(path?.namespace ?? '')) return this.hosts;
    return this.default ? [this.default] : [];
  }
}

function hostOf({ path }: CimInstance): string | undefined {
  return splitHost(path?.namespace ?? '').host;
}

function ownNamespaces(names: readonly string[], instances: readonly CimInstance[]): NameMap<string> {
  const own = new NameMap<string>(names.map((name) => [name, name] as const));
  for (const { path } of instances) {
    const { host, namespace } = splitHost(path?.namespace ?? '');
    if (host !== undefined) own.set(namespace, namespace);
  }
  return own;
}

function changed(before: CimInstance | undefined, instance: CimInstance): CimInstance {
  if (before === undefined) return instance;
  const properties = new NameMap(before.properties);
  for (const [name, value] of instance.properties) properties.set(name, value);
  return new CimInstance(before.className, properties, before.path);
}
