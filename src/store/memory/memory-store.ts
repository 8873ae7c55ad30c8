import type { InstanceStore } from '../../cim/contracts/instance-store.js';
import { LongWork } from '../../cim/long-work.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { readPage } from '../parts/read-page.js';
import { Turns } from '../parts/turns.js';
import { CommitLog } from './commit-log.js';
import { InstanceIndex } from './instance-index.js';
import type { Committed } from './memory-transaction.js';
import { scanSnapshot } from './scan-snapshot.js';
import { StoreSize } from './store-size.js';
import { Transactions } from './transactions.js';

export interface MemoryStoreOptions {
  /** Bytes that the instances may take, asked for with each commit: one that would make them more is refused, StoreError `full`. */
  readonly mostBytes?: () => number;
}

/**
 * An {@link InstanceStore} in this process's memory: what it holds is gone when the process ends.
 *
 * Transactions that wait for nothing but the store run one after another, in the order in which they were asked for, and
 * never run again. One that waits for something else keeps nobody: others go on, and what it has read is checked.
 * After `close`, transactions and reads are refused with an Error.
 */
export function createMemoryStore({
  mostBytes = () => Number.POSITIVE_INFINITY,
}: MemoryStoreOptions = {}): InstanceStore {
  const size = new StoreSize(mostBytes);
  const committed: Committed = { index: new InstanceIndex(), turns: new Turns(), log: new CommitLog(), size };
  const { index, log } = committed;
  const transactions = new Transactions(committed);
  let isClosed = false;

  const open = () => {
    if (isClosed) throw closed();
    return index;
  };

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
    all: async () => open().all(),
    batches: () => inBatches(open().all()),
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
    findEqual: async (namespace, classNames, property, value) => {
      const preparing = open().prepareFindEqual(namespace, classNames, property, value);
      if (preparing !== undefined) await new LongWork(WANTED).finish(preparing);
      return open().findEqual(namespace, classNames, property, value);
    },
    transaction: (work, origin) => (isClosed ? Promise.reject(closed()) : transactions.run(work, origin)),
    async close() {
      isClosed = true;
      await transactions.idle();
    },
  };
}

const BATCH = 1000;

/** What is committed meanwhile makes other instances: those of the list stay as they are. */
async function* inBatches(instances: readonly CimInstance[]): AsyncIterable<readonly CimInstance[]> {
  for (let at = 0; at < instances.length; at += BATCH) yield instances.slice(at, at + BATCH);
}

/** An index is for all who come after, too. */
const WANTED = { throwIfAborted: () => undefined };

function closed(): Error {
  return new Error('the instance store is closed');
}
