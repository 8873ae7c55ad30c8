import type { Commit, InstanceStore } from '../../cim/contracts/instance-store.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import { Turns } from '../parts/turns.js';
import { answerCounts, answerEqual, answerKeys, answerPage, answerReferencing, answerScan } from './answers.js';
import type { Backend, StoredCommit } from './backend.js';
import { Committed } from './committed.js';
import { DurableTransactions } from './durable-transactions.js';
import { DurableView, type OnItsWay } from './durable-view.js';
import { GroupCommit } from './group-commit.js';
import { Precedence } from './precedence.js';
import { Tip } from './tip.js';

export interface DurableStoreOptions {
  /** Bytes of instances that are kept in memory, 64 MiB when left out; more only while somebody else has them. */
  readonly cacheBytes?: number | undefined;
  /** For how long a claim waits for others who commit, in other processes, too: 60 s when left out; then it is `unavailable`. */
  readonly claimMs?: number | undefined;
}

const CACHE_BYTES = 64 * 1024 * 1024;
const CLAIM_MS = 60_000;
const VERSION = /^(?:0|[1-9]\d{0,15})$/;
/** How often something is read anew because others changed it meanwhile. */
const MAX_READS = 100;

/**
 * An {@link InstanceStore} over a place where instances lie durably. A transaction resolves when its commit is in the backend; those that
 * end while another is being written go into it together. Reads outside of transactions see what is there.
 *
 * Transactions that wait for nothing but what is at hand run one after another, in the order in which they were asked for. After
 * `close`, which closes the backend, transactions and reads are refused with an Error.
 */
export function createDurableStore(
  backend: Backend,
  { cacheBytes = CACHE_BYTES, claimMs = CLAIM_MS }: DurableStoreOptions = {},
): InstanceStore {
  const committed = new Committed(backend, cacheBytes);
  const tip = new Tip();
  const group = new GroupCommit(committed, tip);
  const precedence = backend.isExclusive ? undefined : new Precedence(backend, claimMs);
  const transactions = new DurableTransactions({ committed, group, tip, turns: new Turns(), precedence, claimMs });
  const nothing: OnItsWay = {
    overlay: undefined,
    get present() {
      return committed.present;
    },
  };
  const view = readerOf(committed, nothing);
  let isClosed = false;
  const unlisten = backend.isExclusive ? undefined : backend.onCommit?.(() => void committed.fresh()?.catch(ignore));

  /** Nearly always all is at hand. */
  function read<T>(answer: (view: DurableView) => T): Promise<T> {
    if (isClosed) return Promise.reject(closed());
    try {
      view.begin();
      const answered = answer(view);
      if (!view.end()) return readLater(answer, view.missing);
      const fresh = committed.fresh();
      return fresh === undefined ? Promise.resolve(answered) : readAgain(answer, fresh);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** What was at hand, once it is known what others have done. */
  async function readAgain<T>(answer: (view: DurableView) => T, fresh: Promise<void>): Promise<T> {
    await fresh;
    view.begin();
    const answered = answer(view);
    return view.end() ? answered : readLater(answer, view.missing);
  }

  async function readLater<T>(answer: (view: DurableView) => T, missing: DurableView['missing']): Promise<T> {
    const mine = readerOf(committed, nothing);
    await Promise.all([committed.fresh(), committed.load(missing, mine.held)]);
    for (let round = 0; round < MAX_READS; round += 1) {
      mine.begin();
      const answered = answer(mine);
      if (mine.end()) return answered;
      await committed.load(mine.missing, mine.held);
    }
    throw new StoreError('unavailable', 'what is read changes faster than it can be read');
  }

  async function* batches(): AsyncGenerator<readonly CimInstance[]> {
    if (isClosed) throw closed();
    await committed.fresh();
    // What is just being appended may come to nothing, and reads that come after the walk do not show it yet.
    if (backend.isExclusive) await committed.appended();
    for await (const rows of backend.all()) {
      const batch = rows.map((row) => committed.instances.like(row.sequence, row.version, row.document));
      if (batch.length > 0) yield batch;
    }
  }

  return {
    get: (path) => read((from) => from.at(path)?.after),
    getMany: (paths) => read((from) => paths.map((path) => from.at(path)?.after)),
    findByKeys: (namespace, keys) => read((from) => answerKeys(from, namespace, keys)),
    count: (namespace, classNames) => read((from) => answerCounts(from, namespace, classNames)),
    scan: (namespace, className) => each(read((from) => answerScan(from, namespace, className).instances)),
    referencing: (path, filter) => read((from) => answerReferencing(from, path, filter)),
    isEmpty: () => read((from) => from.isEmpty()),
    mark: () => read(() => committed.present.sequence.toFixed()),
    page: (namespace, classNames, options) => read((from) => answerPage(from, namespace, classNames, options)),
    findEqual: (namespace, classNames, property, value) =>
      read((from) => answerEqual(from, namespace, classNames, property, value)),
    all: async () => {
      const all: CimInstance[] = [];
      for await (const batch of batches()) for (const instance of batch) all.push(instance);
      return all;
    },
    batches,
    version: () => read(() => committed.present.version.toFixed()),
    versionOf: async (path) => {
      if (isClosed) throw closed();
      await committed.fresh();
      const known = committed.instances.find(path.canonical);
      const version = known === undefined ? await backend.versionOf(path.canonical) : known?.version;
      if (version !== undefined) await committed.reach(version);
      return version?.toFixed();
    },
    changes: async (after, limit) => {
      if (isClosed) throw closed();
      if (!VERSION.test(after)) throw new RangeError('not a version of an instance store');
      if (!(limit >= 1)) throw new RangeError('at least one commit is asked for');
      const answer = await backend.commitsAfter(Number(after), limit);
      await committed.reach(answer.present.version);
      if (answer.kind === 'forgotten') return { kind: 'forgotten' };
      return { kind: 'commits', commits: answer.commits.map(commitOf) };
    },
    ...(!backend.isExclusive && { onCleared: (listener: () => void) => committed.onCleared(listener) }),
    transaction: (work, origin) => (isClosed ? Promise.reject(closed()) : transactions.run(work, origin)),
    async close() {
      isClosed = true;
      unlisten?.();
      await transactions.idle();
      await group.idle();
      await backend.close();
    },
  };
}

function readerOf(committed: Committed, nothing: OnItsWay): DurableView {
  const view = new DurableView(committed, nothing);
  view.isClaimed = true;
  return view;
}

function commitOf({ version, origin, changes }: StoredCommit): Commit {
  const told = changes.map(({ path, before, after }) => ({ path, before, after }));
  return { version: version.toFixed(), origin, changes: told };
}

function each(found: Promise<readonly CimInstance[]>): AsyncIterable<CimInstance> {
  // It is asked for now; that nobody goes through it must not end the process.
  found.catch(ignore);
  return allOf(found);
}

async function* allOf(found: Promise<readonly CimInstance[]>): AsyncGenerator<CimInstance> {
  yield* await found;
}

function ignore(): void {
  // Whoever needs what has failed asks anew, and is told.
}

function closed(): Error {
  return new Error('the instance store is closed');
}
