import type { InstanceStore, InstanceTransaction } from '../cim/instance-store.js';
import { InstanceIndex } from './instance-index.js';
import { MemoryTransaction } from './memory-transaction.js';
import { readPage } from './read-page.js';
import { scanSnapshot } from './scan-snapshot.js';

/**
 * An {@link InstanceStore} in this process's memory: what it holds is gone when the process ends.
 *
 * Transactions run one after another, in the order in which they were asked for; `work` must not wait for another
 * transaction of the same store. After `close`, transactions and reads are refused with an Error.
 */
export function createMemoryStore(): InstanceStore {
  const committed = new InstanceIndex();
  let isBusy = false;
  /** What waits for its turn. */
  const waiting: (() => void)[] = [];
  let isClosed = false;

  const open = () => {
    if (isClosed) throw closed();
    return committed;
  };

  async function run<T>(work: (transaction: InstanceTransaction) => Promise<T>): Promise<T> {
    const transaction = new MemoryTransaction(committed);
    try {
      const result = await work(transaction);
      transaction.commit();
      return result;
    } finally {
      transaction.abandon();
    }
  }

  function next(): void {
    const start = waiting.shift();
    if (start === undefined) isBusy = false;
    else start();
  }

  function begin<T>(work: (transaction: InstanceTransaction) => Promise<T>): Promise<T> {
    isBusy = true;
    const turn = run(work);
    // The next one waits for the end, whatever it is; the caller is told of failures by the promise it has.
    turn.then(next, next);
    return turn;
  }

  return {
    get: async (path) => open().get(path),
    findByKeys: async (namespace, canonicalKeys) => open().findByKeys(namespace, canonicalKeys),
    count: async (namespace, className) => open().count(namespace, className),
    scan: (namespace, className) => scanSnapshot(open().snapshot(namespace, className)),
    referencing: async (path, filter) => open().referencing(path, filter),
    mark: async () => open().sequence.toFixed(),
    async page(namespace, className, options) {
      const index = open();
      return readPage(options, (after, last, limit) => index.page(namespace, className, after, last, limit));
    },
    findEqual: async (namespace, className, property, value) => open().findEqual(namespace, className, property, value),
    transaction(work) {
      if (isClosed) return Promise.reject(closed());
      if (!isBusy) return begin(work);
      return new Promise((resolve, reject) => waiting.push(() => begin(work).then(resolve, reject)));
    },
    async close() {
      isClosed = true;
      // The last in the line; whoever closes it a second time comes behind.
      if (isBusy) await new Promise<void>((resolve) => waiting.push(resolve)).then(next);
    },
  };
}

function closed(): Error {
  return new Error('the instance store is closed');
}
