import type { InstanceTransaction } from '../cim/contracts/instance-store.js';
import type { Namespaces } from '../cim/contracts/namespaces.js';
import { CimError } from '../cim/model/cim-error.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import type { CimValue } from '../cim/model/cim-value.js';
import { InstancePath } from '../cim/model/instance-path.js';
import { resolvePath } from '../cim/operations/resolve-path.js';

/**
 * Puts instances into the store, each in the place of the one at its path. Their references become the paths under which the objects are
 * stored, whatever base class they name, so that they are found from there; those that lead nowhere stay as they are.
 */
export async function putInstances(
  store: InstanceTransaction,
  instances: readonly CimInstance[],
  namespaces: Namespaces,
): Promise<void> {
  await store.putMany(instances);
  for (const instance of instances) {
    const exact = await withExactReferences(store, instance, namespaces);
    if (exact) await store.put(exact);
  }
}

/** Undefined when they are exact already. */
async function withExactReferences(
  store: InstanceTransaction,
  instance: CimInstance,
  namespaces: Namespaces,
): Promise<CimInstance | undefined> {
  const changes: Record<string, CimValue> = {};
  for (const [name, value] of instance.properties) {
    if (!(value instanceof InstancePath) || instance.path?.keys.has(name)) continue;
    const stored = await find(store, value, namespaces);
    if (stored && !stored.equals(value)) changes[name] = stored;
  }
  return Object.keys(changes).length === 0 ? undefined : instance.with(changes);
}

async function find(
  store: InstanceTransaction,
  path: InstancePath,
  namespaces: Namespaces,
): Promise<InstancePath | undefined> {
  const space = path.namespace === undefined ? undefined : namespaces.findNamespace(path.namespace);
  if (!space) return undefined;
  try {
    return (await resolvePath(path, space.name, space.schema, store))?.path;
  } catch (error) {
    // Several objects could be meant.
    if (error instanceof CimError) return undefined;
    throw error;
  }
}
