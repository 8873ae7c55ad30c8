import type { ReferencingFilter } from '../../cim/contracts/instance-store.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap, sameName } from '../../cim/model/name-map.js';

/** What stands in the indexes for an instance, whatever its properties become. */
export interface IndexedInstance {
  instance: CimInstance;
}

/** One reference property of one class. However often a target is referred to, it is so in few roles. */
interface Role {
  readonly className: string;
  readonly property: string;
}

/** Most targets have one holder per role, and need no set for it. */
type Holders = IndexedInstance | Set<IndexedInstance>;

interface Reference {
  readonly property: string;
  /** Canonical path. */
  readonly target: string;
}

const NO_REFERENCES: readonly Reference[] = [];

/** Finds the instances that hold a reference to a path, by class and role. */
export class ReferenceIndex {
  readonly #targets = new Map<string, Map<Role, Holders>>();
  readonly #roles = new NameMap<NameMap<Role>>();

  add(entry: IndexedInstance): void {
    for (const reference of referencesOf(entry.instance)) this.#add(entry, reference);
  }

  remove(entry: IndexedInstance): void {
    for (const reference of referencesOf(entry.instance)) this.#remove(entry, reference);
  }

  /** Gives an entry its next instance of the same class; only references that changed cost anything. */
  replace(entry: IndexedInstance, next: CimInstance): void {
    const before = referencesOf(entry.instance);
    const after = referencesOf(next);
    const same = sameReferences(before, after);
    if (!same) for (const reference of before) this.#remove(entry, reference);
    entry.instance = next;
    if (!same) for (const reference of after) this.#add(entry, reference);
  }

  find(path: InstancePath, filter: ReferencingFilter | undefined): readonly CimInstance[] {
    const roles = this.#targets.get(path.canonical);
    if (!roles) return [];
    const found: Holders[] = [];
    for (const [role, holders] of roles) if (!filter || fits(role, filter)) found.push(holders);
    return instancesOf(found);
  }

  #add(entry: IndexedInstance, { property, target }: Reference): void {
    const roles = this.#targets.get(target) ?? new Map<Role, Holders>();
    if (roles.size === 0) this.#targets.set(target, roles);
    const role = this.#role(entry.instance.className, property);
    const holders = roles.get(role);
    if (holders instanceof Set) holders.add(entry);
    else if (!holders) roles.set(role, entry);
    else if (holders !== entry) roles.set(role, new Set([holders, entry]));
  }

  #remove(entry: IndexedInstance, { property, target }: Reference): void {
    const roles = this.#targets.get(target);
    if (!roles) return;
    const role = this.#role(entry.instance.className, property);
    const holders = roles.get(role);
    if (holders instanceof Set) holders.delete(entry);
    if (holders === entry || (holders instanceof Set && holders.size === 0)) roles.delete(role);
    if (roles.size === 0) this.#targets.delete(target);
  }

  #role(className: string, property: string): Role {
    const roles = this.#roles.get(className) ?? new NameMap<Role>();
    if (roles.size === 0) this.#roles.set(className, roles);
    const role = roles.get(property) ?? { className, property };
    if (!roles.has(property)) roles.set(property, role);
    return role;
  }
}

function fits(role: Role, { classNames, role: property }: ReferencingFilter): boolean {
  if (property !== undefined && !sameName(property, role.property)) return false;
  return (
    !classNames || classNames.includes(role.className) || classNames.some((name) => sameName(name, role.className))
  );
}

function instancesOf(found: readonly Holders[]): readonly CimInstance[] {
  const [only] = found;
  if (!only) return [];
  if (found.length === 1 && !(only instanceof Set)) return [only.instance];
  // An instance may refer to the target through two properties, and counts once.
  const entries = found.length === 1 && only instanceof Set ? only : union(found);
  const instances: CimInstance[] = [];
  for (const entry of entries) instances.push(entry.instance);
  return instances;
}

function union(found: readonly Holders[]): Set<IndexedInstance> {
  const entries = new Set<IndexedInstance>();
  for (const holders of found) {
    if (holders instanceof Set) for (const entry of holders) entries.add(entry);
    else entries.add(holders);
  }
  return entries;
}

/** A reference without a namespace means the namespace of the instance that holds it (DSP0004 §8.2.5). */
function referencesOf(instance: CimInstance): readonly Reference[] {
  let references: Reference[] | undefined;
  const collect = (name: string, value: unknown) => {
    if (!(value instanceof InstancePath)) return;
    const namespace = instance.path?.namespace;
    const absolute = value.namespace === undefined && namespace !== undefined ? value.inNamespace(namespace) : value;
    references ??= [];
    references.push({ property: name, target: absolute.canonical });
  };
  for (const [name, value] of instance.properties) {
    if (Array.isArray(value)) for (const element of value) collect(name, element);
    else collect(name, value);
  }
  return references ?? NO_REFERENCES;
}

function sameReferences(a: readonly Reference[], b: readonly Reference[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ property, target }, at) => sameName(property, b[at]?.property ?? '') && target === b[at]?.target)
  );
}
