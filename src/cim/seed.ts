import type { InstanceStore, InstanceTransaction } from './contracts/instance-store.js';
import type { CimInstance } from './model/cim-instance.js';
import { NAMESPACE_CLASS } from './schema/namespace-class.js';

/** The namespaces that are served, and the instances of `__NAMESPACE` that stand for them. */
export interface SeedNamespaces {
  readonly names: readonly string[];
  readonly instances: readonly CimInstance[];
}

/** What else is to be done in the same transaction. */
export interface SeedSteps {
  /** In a store that holds nothing, before it is given anything. */
  begin?(transaction: InstanceTransaction): Promise<void>;
  /** In one that holds something, before anything of it is changed. */
  found?(): Promise<void>;
}

/**
 * Gives a store its first instances, unless it has any: a store that outlives its process is seeded once. Those that stand for
 * namespaces are what they are at each start.
 *
 * @returns the mark of the state that was found; undefined when there was none
 */
export function seed(
  store: InstanceStore,
  instances: readonly CimInstance[],
  namespaces: SeedNamespaces = { names: [], instances: [] },
  { begin, found: lookAt }: SeedSteps = {},
): Promise<string | undefined> {
  return store.transaction(async (transaction) => {
    if (await transaction.isEmpty()) {
      await begin?.(transaction);
      // As a reset does it, so that what it leads to is the same.
      await transaction.clear();
      await transaction.putMany([...namespaces.instances, ...instances]);
      return undefined;
    }
    await lookAt?.();
    const found = await transaction.mark();
    await refresh(transaction, namespaces);
    return found;
  });
}

async function refresh(store: InstanceTransaction, { names, instances }: SeedNamespaces): Promise<void> {
  const missing = new Map(instances.flatMap((one) => (one.path ? [[one.path.canonical, one] as const] : [])));
  for (const name of names) {
    for await (const { path } of store.scan(name, NAMESPACE_CLASS)) {
      if (path && !missing.delete(path.canonical)) await store.delete(path);
    }
  }
  // One that is to be there for each namespace is there as long as the namespace is.
  const others = [...missing.values()].flatMap(({ path }) => path ?? []);
  for (const found of await store.getMany(others)) if (found?.path) missing.delete(found.path.canonical);
  if (missing.size > 0) await store.putMany([...missing.values()]);
}
