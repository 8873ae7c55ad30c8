import type { InstanceStore, InstanceTransaction, TransactionOrigin } from '../cim/instance-store.js';
import { StoreError } from '../cim/store-error.js';
import { CommitLog } from './commit-log.js';
import { InstanceIndex } from './instance-index.js';
import { type Committed, MemoryTransaction } from './memory-transaction.js';
import { readPage } from './read-page.js';
import { scanSnapshot } from './scan-snapshot.js';
import { Turn, Turns } from './turns.js';

/** How often the work of one transaction runs before it is given up. */
const MAX_ATTEMPTS = 3;

type Work<T> = (transaction: InstanceTransaction, attempt: number) => Promise<T>;

/**
 * An {@link InstanceStore} in this process's memory: what it holds is gone when the process ends.
 *
 * Transactions that wait for nothing but the store run one after another, in the order in which they were asked for, and
 * never run again. One that waits for something else keeps nobody: others go on, and what it has read is checked.
 * After `close`, transactions and reads are refused with an Error.
 */
export function createMemoryStore(): InstanceStore {
  const committed: Committed = { index: new InstanceIndex(), turns: new Turns(), log: new CommitLog() };
  const { index, turns, log } = committed;
  /** Number of transactions that have not ended. */
  let running = 0;
  let isClosed = false;
  /** Told when the last transaction has ended. */
  const closing: (() => void)[] = [];

  const open = () => {
    if (isClosed) throw closed();
    return index;
  };

  async function run<T>(work: Work<T>, origin: TransactionOrigin | undefined): Promise<T> {
    const turn = new Turn();
    running += 1;
    try {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        if (!turns.tryTake(turn)) await turns.take(turn);
        const transaction = new MemoryTransaction(committed, turn);
        try {
          const result = await work(transaction, attempt);
          transaction.end();
          if (!transaction.hasWrites && !transaction.isVoid) return result;
          if (!turns.tryTake(turn)) await turns.take(turn);
          origin?.cancellation?.throwIfAborted();
          if (transaction.commit(origin)) return result;
        } catch (error) {
          transaction.end();
          // What a void attempt threw may come from reads that never were so together.
          if (!transaction.isVoid) throw error;
        }
      }
      throw new StoreError('conflict', `others changed what was read in each of ${MAX_ATTEMPTS} attempts`);
    } finally {
      turns.end(turn);
      running -= 1;
      if (running === 0) for (const tell of closing) tell();
    }
  }

  return {
    get: async (path) => open().get(path),
    findByKeys: async (namespace, canonicalKeys) => open().findByKeys(namespace, canonicalKeys),
    getMany: async (paths) => {
      open();
      return paths.map((path) => index.get(path));
    },
    count: async (namespace, classNames) => open().count(namespace, classNames),
    scan: (namespace, className) => scanSnapshot(open().snapshot(namespace, className)),
    referencing: async (path, filter) => open().referencing(path, filter),
    isEmpty: async () => open().isEmpty(),
    version: async () => {
      open();
      return log.version.toFixed();
    },
    versionOf: async (path) => open().versionOf(path)?.toFixed(),
    changes: async (after, limit) => {
      open();
      return log.after(after, limit);
    },
    mark: async () => open().sequence.toFixed(),
    page: async (namespace, classNames, options) => {
      open();
      return readPage(classNames, options, (className, after, last, limit) =>
        index.page(namespace, className, after, last, limit),
      );
    },
    findEqual: async (namespace, classNames, property, value) =>
      open().findEqual(namespace, classNames, property, value),
    transaction: (work, origin) => (isClosed ? Promise.reject(closed()) : run(work, origin)),
    async close() {
      isClosed = true;
      if (running > 0) await new Promise<void>((resolve) => closing.push(resolve));
    },
  };
}

function closed(): Error {
  return new Error('the instance store is closed');
}
