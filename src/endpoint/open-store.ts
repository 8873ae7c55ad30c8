import type { InstanceStore } from '../cim/contracts/instance-store.js';
import type { State } from '../cim/contracts/state.js';
import { createUuidSource, type UuidRow } from '../cim/contracts/uuid-source.js';
import type { CimInstance } from '../cim/model/cim-instance.js';
import { seed } from '../cim/seed.js';
import type { Logger } from '../http/logger.js';
import type { ModelContent } from '../lab/snapshot.js';
import { createFollowingStore, type Following } from '../store/following/following-store.js';
import type { LazyNamespace } from '../store/lazy/lazy-namespace.js';
import { createLazyStore } from '../store/lazy/lazy-store.js';
import type { Closers } from './closers.js';
import { durableStart } from './durable-start.js';
import type { Model } from './load-model.js';
import type { NamespaceTree } from './namespace-tree.js';
import { openGivenState } from './open-given-state.js';
import type { EndpointOptions } from './options/endpoint-options.js';

/** A state, and what names the instances that come into it. */
export interface OpenStore extends Pick<State, 'contexts'> {
  readonly state: State;
  /** As operations have it: namespaces of the lab fill when they are first used. */
  readonly store: InstanceStore;
  /** As it is, for what reads or replaces all of it. */
  readonly whole: InstanceStore;
  /** Fills the namespaces that have not been used. */
  loadAll(): Promise<void>;
  /** Whether there was something in it when the endpoint started. */
  readonly wasFound: boolean;
  /** Makes none that it has made for the same store in an earlier process. */
  readonly newUuid: UuidRow;
  /** What a reset goes back to. @throws StateError when it is not to be had any more */
  start(): Promise<ModelContent>;
  /** Does what puts instances to start with, which may take more room than others are given. */
  beyondBound<T>(work: () => Promise<T>): Promise<T>;
}

/** What a state is opened for. */
export interface StoreParts {
  readonly tree: NamespaceTree;
  /** Of the lab, those that fill when they are first used. */
  readonly lazy: readonly LazyNamespace[];
  /** What follows when something else is written. */
  readonly followings: readonly Following[];
  readonly logger: Logger;
  readonly closers: Closers;
  /** Bytes that the instances of a state in memory may take; those to start with may take more. */
  readonly mostBytes: () => number;
  /** Compiles the lab again. */
  readonly readModel: () => Promise<Model>;
}

/**
 * The state that the options mean. When there is nothing in it, it gets the instances to start with.
 *
 * @throws StateError for a state that cannot be opened, or was made from another lab or schema
 */
export async function openStore(
  options: EndpointOptions,
  instances: readonly CimInstance[],
  parts: StoreParts,
): Promise<OpenStore> {
  let seeding = 0;
  const mostBytes = () => (seeding === 0 ? parts.mostBytes() : Number.POSITIVE_INFINITY);
  const beyondBound = async <T>(work: () => Promise<T>) => {
    seeding += 1;
    try {
      return await work();
    } finally {
      seeding -= 1;
    }
  };
  const state = await openGivenState(options, { ...parts, mostBytes });
  const begin = state.kind === 'memory' ? memoryStart : durableStart;
  const started = await beyondBound(() => begin(state, options, instances, parts));
  const { store: whole, contexts } = state;
  const { store, loadAll } = fillingStore(whole, parts);
  return { state, store, whole, loadAll, contexts, ...started, beyondBound };
}

/** A store without such namespaces is taken as it is: nothing is looked up for each of its calls. */
function fillingStore(whole: InstanceStore, { lazy, followings }: Pick<StoreParts, 'lazy' | 'followings'>) {
  if (lazy.length === 0) return { store: createFollowingStore(whole, followings), loadAll: () => Promise.resolve() };
  const store = createLazyStore(whole, lazy);
  return { store: createFollowingStore(store, followings), loadAll: store.loadAll };
}

async function memoryStart(
  { store }: State,
  { seed: row }: EndpointOptions,
  instances: readonly CimInstance[],
  { tree }: StoreParts,
) {
  const found = await seed(store, instances, tree);
  const first = found === undefined ? [...tree.instances, ...instances] : await store.all();
  const newUuid = createUuidSource(row, found);
  const content: ModelContent = { instances: first, names: newUuid.position() };
  return { wasFound: found !== undefined, newUuid, start: async () => content };
}
