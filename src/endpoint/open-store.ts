import type { InstanceStore } from '../cim/contracts/instance-store.js';
import { createUuidSource, type UuidRow } from '../cim/contracts/uuid-source.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { type SeedNamespaces, seed } from '../cim/seed.js';
import { createMemoryStore } from '../store/memory/memory-store.js';
import type { Closers } from './closers.js';
import type { ModelOptions } from './options/model-options.js';

/** A store, and what names the instances that come into it. */
export interface OpenStore {
  readonly store: InstanceStore;
  /** Makes none that it has made for the same store in an earlier process. */
  readonly newUuid: UuidRow;
  /** What the store holds when the endpoint begins to serve. */
  readonly first: readonly CimInstance[];
  /** Does what puts instances to start with, which may take more room than others are given. */
  beyondBound<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * The caller's store, which whoever opened it closes, or one in memory. When there is nothing in it, it gets the instances to
 * start with.
 *
 * @param mostBytes that the instances of a store in memory may take; those to start with may take more
 */
export async function openStore(
  { store: given, seed: row }: ModelOptions,
  instances: readonly CimInstance[],
  namespaces: SeedNamespaces,
  closers: Closers,
  mostBytes: () => number,
): Promise<OpenStore> {
  let seeding = 0;
  const store =
    given ?? createMemoryStore({ mostBytes: () => (seeding === 0 ? mostBytes() : Number.POSITIVE_INFINITY) });
  if (given === undefined) closers.add(() => store.close());
  const beyondBound = async <T>(work: () => Promise<T>) => {
    seeding += 1;
    try {
      return await work();
    } finally {
      seeding -= 1;
    }
  };
  const found = await beyondBound(() => seed(store, instances, namespaces));
  const first = found === undefined ? [...namespaces.instances, ...instances] : await store.all();
  return { store, newUuid: createUuidSource(row, found), first, beyondBound };
}
