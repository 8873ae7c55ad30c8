import type { CimInstance } from '../../cim/model/cim-instance.js';
import { type ComparisonKey, comparisonKey } from '../../cim/model/comparison-key.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { foldName } from '../../cim/model/name-map.js';

/** One reference that an instance holds. */
export interface ReferenceEntry {
  /** Folded name of the property. */
  readonly role: string;
  /** Canonical path of what it refers to. */
  readonly target: string;
}

/** By what an instance is found. */
export interface IndexEntries {
  /** Canonical path. */
  readonly path: string;
  /** Folded. */
  readonly namespace: string;
  /** Folded. */
  readonly className: string;
  /** Canonical keys. */
  readonly keys: string;
  /** Each role and target once, in arrays, too; a reference without a namespace means that of the instance (DSP0004 §8.2.5). */
  readonly references: readonly ReferenceEntry[];
}

/** @throws TypeError when the instance has no path */
export function indexEntries(instance: CimInstance): IndexEntries {
  const { path } = instance;
  if (!path) throw new TypeError(`an instance of ${instance.className} without a path cannot be stored`);
  return {
    path: path.canonical,
    namespace: foldName(path.namespace ?? ''),
    className: foldName(path.className),
    keys: path.canonicalKeys,
    references: referencesOf(instance),
  };
}

/**
 * What an index of a property holds for an instance: null: nothing, the property is absent or NULL; undefined: a value without a key, with
 * which `equal` is answered by `unkeyed`.
 */
export function indexKey(instance: CimInstance, property: string): ComparisonKey | null | undefined {
  return comparisonKey(instance.get(property));
}

const NO_REFERENCES: readonly ReferenceEntry[] = [];

function referencesOf({ path, properties }: CimInstance): readonly ReferenceEntry[] {
  let found: Map<string, ReferenceEntry> | undefined;
  const add = (name: string, value: unknown) => {
    if (!(value instanceof InstancePath)) return;
    const namespace = path?.namespace;
    const absolute = value.namespace === undefined && namespace !== undefined ? value.inNamespace(namespace) : value;
    found ??= new Map();
    const role = foldName(name);
    found.set(`${role} ${absolute.canonical}`, { role, target: absolute.canonical });
  };
  for (const [name, value] of properties) {
    if (Array.isArray(value)) for (const element of value) add(name, element);
    else add(name, value);
  }
  return found ? [...found.values()] : NO_REFERENCES;
}
