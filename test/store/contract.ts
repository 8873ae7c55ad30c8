import { describe } from 'vitest';
import type { InstanceStore } from '../../src/cim/instance-store.js';
import { describeChanges } from './contract/changes.js';
import { describeConcurrentTransactions } from './contract/concurrent-transactions.js';
import { describeSerialOrder } from './contract/serial-order.js';
import { describeSets } from './contract/sets.js';

/**
 * What every {@link InstanceStore} promises, as tests.
 *
 * @param createStore gives an empty store that nobody else has
 */
export function describeInstanceStore(name: string, createStore: () => InstanceStore | Promise<InstanceStore>): void {
  describe(name, () => {
    describeSets(createStore);
    describeConcurrentTransactions(createStore);
    describeSerialOrder(createStore);
    describeChanges(createStore);
  });
}
