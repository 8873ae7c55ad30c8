import type { InstanceStore, InstanceTransaction } from '../../cim/contracts/instance-store.js';
import type { InstancePath } from '../../cim/model/instance-path.js';
import { NameMap } from '../../cim/model/name-map.js';
import { WatchedTransaction } from './watched-transaction.js';

/** Instances that follow from those of some classes. */
export interface Following {
  /** What they follow from, as it lies in the store. */
  readonly namespace: string;
  readonly classNames: readonly string[];
  /** Makes them what follows. */
  show(transaction: InstanceTransaction): Promise<void>;
}

/**
 * A store in which some instances follow from others: a transaction that has written what they follow from writes them, too, before it
 * commits. So nobody sees the one without the other, whoever writes, and whichever process of those that have the store. A transaction that
 * writes nothing of the kind is as it is without.
 */
export function createFollowingStore(store: InstanceStore, followings: readonly Following[]): InstanceStore {
  const bySource = indexed(followings);
  if (bySource.size === 0) return store;
  const transaction: InstanceStore['transaction'] = (work, origin) =>
    store.transaction(async (inner, attempt) => {
      const touched = new Set<Following>();
      const watcher = {
        written({ namespace = '', className }: InstancePath) {
          for (const one of bySource.get(namespace)?.get(className) ?? []) touched.add(one);
        },
        dropped: () => touched.clear(),
      };
      const answer = await work(new WatchedTransaction(inner, watcher), attempt);
      for (const one of touched) await one.show(inner);
      return answer;
    }, origin);
  return { ...store, transaction };
}

/** By namespace and class. */
function indexed(followings: readonly Following[]): NameMap<NameMap<readonly Following[]>> {
  const bySource = new NameMap<NameMap<readonly Following[]>>();
  for (const one of followings) {
    const classes = bySource.get(one.namespace) ?? new NameMap<readonly Following[]>();
    for (const name of one.classNames) classes.set(name, [...(classes.get(name) ?? []), one]);
    if (classes.size > 0) bySource.set(one.namespace, classes);
  }
  return bySource;
}
