import { describe } from 'vitest';
import type { InstanceStore } from '../../src/cim/contracts/instance-store.js';
import { describeChanges } from './contract/changes.js';
import { describeClearing } from './contract/clearing.js';
import { describeConcurrentTransactions } from './contract/concurrent-transactions.js';
import { describeLookUps } from './contract/look-ups.js';
import { describeModel } from './contract/model.js';
import { describePages } from './contract/pages.js';
import { allRounds, type Rounds } from './contract/rounds.js';
import { describeSerialOrder } from './contract/serial-order.js';
import { describeSets } from './contract/sets.js';
import { describeTransactions } from './contract/transactions.js';
import { describeWholes } from './contract/wholes.js';

export interface StoreDifferences {
  readonly clearsAtCommit?: boolean;
  readonly scansAtCall?: boolean;
}

/**
 * What every {@link InstanceStore} promises, as tests.
 *
 * @param createStore gives an empty store that nobody else has
 * @param rounds of the tests with random steps
 * @param differences clearsAtCommit: it is cleared when the transaction commits, and not by claiming it;
 *   scansAtCall: a scan has begun when it is asked for, and not at some time until its first instance
 */
export function describeInstanceStore(
  name: string,
  createStore: () => InstanceStore | Promise<InstanceStore>,
  rounds: Rounds = allRounds,
  { clearsAtCommit = true, scansAtCall = true }: StoreDifferences = {},
): void {
  describe(name, () => {
    describeLookUps(createStore, scansAtCall);
    describeSets(createStore);
    describePages(createStore, rounds);
    describeTransactions(createStore);
    describeConcurrentTransactions(createStore);
    describeSerialOrder(createStore, rounds);
    describeChanges(createStore);
    describeClearing(createStore, clearsAtCommit);
    describeModel(createStore, rounds);
    describeWholes(createStore);
  });
}
