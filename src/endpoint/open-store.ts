import type { InstanceStore } from '../cim/contracts/instance-store.js';
import { createUuidSource, type UuidSource } from '../cim/contracts/uuid-source.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type SeedNamespaces, seed } from '../cim/seed.js';
import { createMemoryStore } from '../store/memory/memory-store.js';
import type { Closers } from './closers.js';
import type { ModelOptions } from './options/model-options.js';

/** A store, and what names the instances that come into it. */
export interface OpenStore {
  readonly store: InstanceStore;
  /** Makes none that it has made for the same store in an earlier process. */
  readonly newUuid: UuidSource;
}

/**
 * The caller's store, which whoever opened it closes, or one in memory. When there is nothing in it, it gets the instances to
 * start with.
 *
 * @param mostBytes that the instances of a store in memory may take; those to start with may take more
 */
export async function openStore(
  { store: given, seed: first }: ModelOptions,
  instances: readonly CimInstance[],
  namespaces: SeedNamespaces,
  closers: Closers,
  mostBytes: () => number,
): Promise<OpenStore> {
  let isSeeded = false;
  const store = given ?? createMemoryStore({ mostBytes: () => (isSeeded ? mostBytes() : Number.POSITIVE_INFINITY) });
  if (given === undefined) closers.add(() => store.close());
  const found = await seed(store, instances, namespaces);
  isSeeded = true;
  return { store, newUuid: createUuidSource(first, found) };
}
