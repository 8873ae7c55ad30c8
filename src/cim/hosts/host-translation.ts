import { CimInstance } from '../model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../model/cim-value.js';
import { type CimKeyValue, InstancePath, normalizeNamespace } from '../model/instance-path.js';
import { NameMap } from '../model/name-map.js';
import { renameInKeys } from './canonical-keys.js';
import { hostNamespace, isOfHost, splitHost } from './host-namespace.js';
import type { HostScope } from './host-scope.js';

type Rename = (path: InstancePath) => InstancePath;

/**
 * Between what a host sees and what lies in the store: its own namespaces have other names there, in paths and in the references that
 * instances hold. A reference to what another host has of its own is seen with the name of that host (`//srv02.lab.example/root/cimv2:…`).
 *
 * Instances that are the same in both are the same objects; of the others, each has one counterpart as long as it lives.
 */
export class HostTranslation {
  readonly #scope: HostScope;
  readonly #isDefault: boolean;
  readonly #default: string;
  /** Own namespaces by the names that the host sees. */
  readonly #stored = new NameMap<string>();
  /** The same the other way round. */
  readonly #seen = new NameMap<string>();
  readonly #storedOf = new WeakMap<CimInstance, CimInstance>();
  readonly #seenOf = new WeakMap<CimInstance, CimInstance>();

  constructor(scope: HostScope) {
    this.#scope = scope;
    this.#default = scope.hosts.default?.name ?? scope.name;
    this.#isDefault = this.#default === scope.name;
    for (const { name, isOwn } of scope.namespaces) {
      if (!isOwn) continue;
      const stored = this.#isDefault ? name : hostNamespace(scope.name, name);
      this.#stored.set(name, stored);
      this.#seen.set(stored, name);
    }
  }

  /** What the host sees under a name; a name of the store is none that it sees anything under. */
  storedNamespace(namespace: string): string {
    const own = this.#stored.get(namespace) ?? this.#stored.get(normalizeNamespace(namespace));
    if (own !== undefined) return own;
    return isOfHost(namespace) ? hostNamespace(this.#scope.name, namespace) : namespace;
  }

  /** Whether the host sees what lies in a namespace of the store. */
  isSeen(stored: string): boolean {
    return this.#seen.has(stored) || !(isOfHost(stored) || this.#stored.has(stored));
  }

  /** Whether what lies in a namespace of the store is the host's own. */
  isOwn(stored: string): boolean {
    return this.#seen.has(stored);
  }

  storedKeys(canonicalKeys: string): string {
    return renameInKeys(canonicalKeys, (namespace) => this.storedNamespace(namespace));
  }

  /** Of an instance: a host in it is not looked at, as it is not where paths are compared. */
  storedPath(path: InstancePath): InstancePath {
    const { namespace } = path;
    return withLocation(path, path.host, namespace && this.storedNamespace(namespace), this.#storedReference);
  }

  seenPath(path: InstancePath): InstancePath {
    const { namespace } = path;
    return withLocation(path, path.host, namespace && (this.#seen.get(namespace) ?? namespace), this.#seenReference);
  }

  /** Of a value: what a key or a property refers to. */
  storedValue(value: CimKeyValue): CimKeyValue {
    return value instanceof InstancePath ? this.#storedReference(value) : value;
  }

  storedInstance(seen: CimInstance): CimInstance {
    const known = this.#storedOf.get(seen);
    if (known !== undefined) return known;
    const path = seen.path && this.storedPath(seen.path);
    return this.#paired(seen, path, this.#storedReference, this.#storedOf, this.#seenOf);
  }

  seenInstance(stored: CimInstance): CimInstance {
    const known = this.#seenOf.get(stored);
    if (known !== undefined) return known;
    const path = stored.path && this.seenPath(stored.path);
    return this.#paired(stored, path, this.#seenReference, this.#seenOf, this.#storedOf);
  }

  #paired(
    instance: CimInstance,
    path: InstancePath | undefined,
    rename: Rename,
    there: WeakMap<CimInstance, CimInstance>,
    back: WeakMap<CimInstance, CimInstance>,
  ): CimInstance {
    const properties = renamedValues(instance.properties, rename);
    if (path === instance.path && properties === instance.properties) return instance;
    const other = new CimInstance(instance.className, properties, path);
    there.set(instance, other);
    back.set(other, instance);
    return other;
  }

  readonly #storedReference: Rename = (path) => {
    const given = path.namespace;
    if (given === undefined) return withLocation(path, path.host, undefined, this.#storedReference);
    const { host: marked, namespace } = splitHost(given);
    const host = this.#scope.hosts.find(marked ?? path.host ?? '')?.name ?? this.#scope.name;
    if (marked === undefined && host === this.#scope.name)
      return withLocation(path, path.host, this.storedNamespace(given), this.#storedReference);
    return withLocation(path, undefined, this.#ofHost(host, namespace), this.#storedReference);
  };

  readonly #seenReference: Rename = (path) => {
    const { namespace: stored } = path;
    if (stored === undefined) return withLocation(path, path.host, undefined, this.#seenReference);
    const own = this.#seen.get(stored);
    if (own !== undefined) return withLocation(path, path.host, own, this.#seenReference);
    if (!isOfHost(stored) && !this.#stored.has(stored))
      return withLocation(path, path.host, stored, this.#seenReference);
    const { host = this.#default, namespace } = splitHost(stored);
    return withLocation(path, this.#scope.hosts.find(host)?.name ?? host, namespace, this.#seenReference);
  };

  /** Where a namespace of any host lies. */
  #ofHost(host: string, namespace: string): string {
    return this.#stored.has(namespace) && host !== this.#default ? hostNamespace(host, namespace) : namespace;
  }
}

/** The path elsewhere, with the objects in its keys renamed; the same one when nothing changes. */
function withLocation(
  path: InstancePath,
  host: string | undefined,
  namespace: string | undefined,
  rename: Rename,
): InstancePath {
  const keys = renamedKeys(path.keys, rename);
  if (host === path.host && namespace === path.namespace && keys === path.keys) return path;
  const { className, isSingleton } = path;
  return new InstancePath({ host, namespace, className, keys, isSingleton });
}

function renamedKeys(keys: NameMap<CimKeyValue>, rename: Rename): NameMap<CimKeyValue> {
  return mapped(keys, (value) => (value instanceof InstancePath ? rename(value) : value));
}

function renamedValues(properties: NameMap<CimValue>, rename: Rename): NameMap<CimValue> {
  return mapped(properties, (value) => renamedValue(value, rename));
}

/** The same map when every value stays as it is, as nearly all do. */
function mapped<V>(map: NameMap<V>, change: (value: V) => V): NameMap<V> {
  let values: V[] | undefined;
  let at = 0;
  for (const [, value] of map) {
    const changed = change(value);
    if (changed !== value) {
      values ??= [...map.values()];
      values[at] = changed;
    }
    at += 1;
  }
  return values === undefined ? map : map.withValues(values);
}

function renamedValue(value: CimValue, rename: Rename): CimValue {
  if (typeof value !== 'object' || value === null) return value;
  if (!isCimArray(value)) return renamedScalar(value, rename);
  let changed = false;
  const items = value.map((item) => {
    const renamed = item !== null && typeof item === 'object' ? renamedScalar(item, rename) : item;
    if (renamed !== item) changed = true;
    return renamed;
  });
  return changed ? items : value;
}

/** An embedded instance may hold references, too. */
function renamedScalar(value: CimScalar, rename: Rename): CimScalar {
  if (value instanceof InstancePath) return rename(value);
  if (!(value instanceof CimInstance)) return value;
  const properties = renamedValues(value.properties, rename);
  const path = value.path && rename(value.path);
  return properties === value.properties && path === value.path
    ? value
    : new CimInstance(value.className, properties, path);
}
