import { setImmediate } from 'node:timers/promises';
import type { TransactionOrigin } from '../../../src/cim/contracts/instance-store.js';
import type {
  Answer,
  Appended,
  Backend,
  CommitsAfter,
  Present,
  Read,
  Row,
  StoredChange,
  StoredCommit,
} from '../../../src/store/durable/backend.js';
import { type IndexEntries, indexEntries, indexKey } from '../../../src/store/durable/index-entries.js';
import { netChanges } from '../../../src/store/durable/net-changes.js';
import { readDocument } from '../../../src/store/durable/read-document.js';
import { writeDocument } from '../../../src/store/durable/write-document.js';

/** A call of a backend, for those that make some of them fail, or last. */
export type Call = keyof Omit<Backend, 'isExclusive' | 'onCommit' | 'close'>;

export interface BackendOptions {
  readonly isExclusive: boolean;
  /** Run before a call does what it is to do, and after it has done it. */
  readonly before?: (call: Call, commits?: readonly StoredCommit[]) => void | Promise<void>;
  readonly after?: (call: Call) => void | Promise<void>;
}

interface Stored extends IndexEntries {
  readonly row: Row;
}

interface LoggedCommit {
  readonly version: number;
  readonly id: string;
  readonly origin: Pick<TransactionOrigin, 'id' | 'user'> | undefined;
  readonly present: Present;
  readonly changes: readonly LoggedChange[];
}

interface LoggedChange {
  readonly sequence: number;
  readonly formerSequence: number | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const MAX_COMMITS = 1024;

/** Where backends in memory have their instances, as text: several backends may have one place, as processes have one database. */
export class MemoryPlace {
  /** All that was ever committed, also what the log has forgotten. */
  readonly history: StoredCommit[] = [];
  #present: Present = { version: 0, sequence: 0, cleared: 0 };
  #byPath = new Map<string, Stored>();
  /** By namespace and class, in the order of creation. */
  #byClass = new Map<string, Stored[]>();
  #log: LoggedCommit[] = [];
  #indexes = new Set<string>();
  #claimed: Backend | undefined;
  readonly #waiting: (() => void)[] = [];
  readonly #listeners = new Map<Backend, () => void>();

  open({ isExclusive, before, after }: BackendOptions): Backend {
    const run = async <T>(call: Call, work: () => T | Promise<T>, commits?: readonly StoredCommit[]): Promise<T> => {
      await before?.(call, commits);
      const result = await work();
      await after?.(call);
      return result;
    };
    const backend: Backend = {
      isExclusive,
      read: (reads) =>
        run('read', () => ({ present: this.#present, answers: reads.map((read) => this.#answer(read)) })),
      commitsAfter: (version, limit) => run('commitsAfter', () => this.#commitsAfter(version, limit)),
      versionOf: (path) => run('versionOf', () => this.#byPath.get(path)?.row.version),
      append: (expected, commits, next) =>
        run(
          'append',
          async () => {
            while (this.#claimed !== undefined && this.#claimed !== backend) await this.#unclaimed();
            const appended = this.#append(expected, commits);
            if (appended.kind === 'done') this.#tellOthers(backend);
            if (appended.kind === 'done' && isExclusive) next?.();
            return appended;
          },
          commits,
        ),
      index: (...property) => run('index', () => void this.#indexes.add(property.join('\n'))),
      all: () => this.#all(),
      claim: () =>
        run('claim', async () => {
          while (this.#claimed !== undefined) await this.#unclaimed();
          this.#claimed = backend;
          return { release: async () => this.#release(backend) };
        }),
      onCommit: (listener) => {
        this.#listeners.set(backend, listener);
        return () => this.#listeners.delete(backend);
      },
      close: async () => this.#release(backend),
    };
    return backend;
  }

  #tellOthers(by: Backend): void {
    for (const [backend, listener] of this.#listeners) if (backend !== by) listener();
  }

  #unclaimed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #release(backend: Backend): void {
    if (this.#claimed !== backend) return;
    this.#claimed = undefined;
    for (const go of this.#waiting.splice(0)) go();
  }

  #append(expected: number, commits: readonly StoredCommit[]): Appended {
    if (expected !== this.#present.version) {
      const first = commits[0]?.id;
      return { kind: this.#log.some(({ id }) => id === first) ? 'done' : 'moved' };
    }
    const { isCleared, changes } = netChanges(commits);
    if (isCleared) {
      this.#byPath = new Map();
      this.#byClass = new Map();
    }
    for (const { path, before, after } of changes) {
      const stored = this.#byPath.get(path.canonical);
      if (stored?.row.sequence !== before?.sequence) throw new Error(`${path} is not where its change says`);
      if (stored && stored.row.sequence !== after?.sequence) this.#remove(stored);
    }
    const put = changes.flatMap(({ after }) => (after ? [after] : [])).sort((a, b) => a.sequence - b.sequence);
    for (const { instance, ...row } of put) {
      this.#put({ ...indexEntries(instance), row: { ...row, document: writeDocument(instance) } });
    }
    for (const commit of commits) this.#logCommit(commit);
    this.history.push(...commits);
    this.#present = commits.at(-1)?.present ?? this.#present;
    return { kind: 'done' };
  }

  #put(stored: Stored): void {
    const list = this.#ofClass(stored);
    const place = firstAfter(list, stored.row.sequence - 1);
    list.splice(place, list[place]?.row.sequence === stored.row.sequence ? 1 : 0, stored);
    this.#byClass.set(`${stored.namespace}:${stored.className}`, list);
    this.#byPath.set(stored.path, stored);
  }

  #remove(stored: Stored): void {
    const list = this.#ofClass(stored);
    list.splice(list.indexOf(stored), 1);
    this.#byPath.delete(stored.path);
  }

  #ofClass({ namespace, className }: { readonly namespace: string; readonly className: string }): Stored[] {
    return this.#byClass.get(`${namespace}:${className}`) ?? [];
  }

  #answer(read: Read): Answer {
    switch (read.kind) {
      case 'get':
        return rows([this.#byPath.get(read.path)]);
      case 'isEmpty':
        return { kind: 'isEmpty', isEmpty: this.#byPath.size <= (read.but ?? 0) };
      case 'count':
        return { kind: 'count', count: this.#ofClass(read).length };
      case 'keys':
        return rows(this.#find(({ namespace, keys }) => namespace === read.namespace && keys === read.keys));
      case 'referencing':
        return rows(
          this.#find(({ className, references }) => {
            if (read.classNames && !read.classNames.includes(className)) return false;
            return references.some(
              ({ role, target }) => target === read.target && (read.role === undefined || read.role === role),
            );
          }),
        );
      case 'page':
        return page(this.#ofClass(read), read);
      case 'equal':
        return this.#equal(read);
    }
  }

  #equal(read: Extract<Read, { kind: 'equal' }>): Answer {
    if (!this.#indexes.has([read.namespace, read.className, read.property].join('\n'))) return { kind: 'unindexed' };
    const keyed = this.#ofClass(read).map((stored) => ({
      stored,
      key: indexKey(readDocument(stored.row.document), read.property),
    }));
    if (keyed.some(({ key }) => key === undefined)) return { kind: 'unkeyed' };
    return rows(keyed.filter(({ key }) => key === read.key).map(({ stored }) => stored));
  }

  #find(fits: (stored: Stored) => boolean): Stored[] {
    return [...this.#byPath.values()].filter(fits).sort((a, b) => a.row.sequence - b.row.sequence);
  }

  async *#all(): AsyncGenerator<readonly Row[]> {
    const all = this.#find(() => true).map(({ row }) => row);
    for (let at = 0; at < all.length; at += 100) {
      yield all.slice(at, at + 100);
      await setImmediate();
    }
  }

  #logCommit({ version, id, origin, isCleared, changes, present }: StoredCommit): void {
    if (isCleared) this.#log = [];
    else this.#log.push({ version, id, origin, present, changes: changes.map(logged) });
    if (this.#log.length > MAX_COMMITS) this.#log.shift();
  }

  #commitsAfter(version: number, limit: number): CommitsAfter {
    const present = this.#present;
    const commits = this.#log.filter((commit) => commit.version > version).slice(0, limit);
    const isKnown = version === present.version || commits[0]?.version === version + 1;
    if (!isKnown) return { kind: 'forgotten', present };
    return { kind: 'commits', commits: commits.map(unlogged), present };
  }
}

function rows(found: readonly (Stored | undefined)[]): Answer {
  return { kind: 'rows', rows: found.flatMap((stored) => (stored ? [stored.row] : [])) };
}

function page(all: readonly Stored[], { after, last, limit }: Extract<Read, { kind: 'page' }>): Answer {
  const [first, end] = [firstAfter(all, after), firstAfter(all, last)];
  const found = all.slice(first, Math.max(first, Math.min(first + limit, end)));
  return { kind: 'rows', rows: found.map(({ row }) => row), more: first + found.length < end };
}

function firstAfter(all: readonly Stored[], sequence: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.row.sequence ?? 0) <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}

function logged({ sequence, formerSequence, before, after }: StoredChange): LoggedChange {
  return {
    sequence,
    formerSequence,
    before: before && writeDocument(before),
    after: after && writeDocument(after),
  };
}

function unlogged({ changes, ...commit }: LoggedCommit): StoredCommit {
  return { ...commit, isCleared: false, changes: changes.map(unloggedChange) };
}

function unloggedChange({ before: first, after: last, ...change }: LoggedChange): StoredChange {
  const [before, after] = [first && readDocument(first), last && readDocument(last)].map((one) => one || undefined);
  const path = (after ?? before)?.path;
  if (!path) throw new Error('a change of the log has no path');
  return { ...change, path, before, after };
}
