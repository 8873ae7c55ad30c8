import type { Answers, Appended, Backend, CommitsAfter, Read, Row, StoredCommit } from '../durable/backend.js';
import { applyWrites } from './apply-writes.js';
import { type LoggedAppend, readLog, writeLogged } from './commit-log.js';
import { indexProperty } from './index-property.js';
import { rememberRegister } from './index-register.js';
import { isBroken } from './lmdb-error.js';
import { planWrites } from './plan-writes.js';
import { readAllRows } from './read-all-rows.js';
import { findPath, readAnswer } from './read-answers.js';
import { rememberDocuments } from './remember-documents.js';
import { readIndices, readPresent } from './store-facts.js';
import type { Tables } from './tables.js';
import type { WriteHealth, WriteTables } from './write-tables.js';
import { claimWriter, type WriterClaims } from './writer-claims.js';

/** How often others are looked at for what they have committed, while somebody wants to hear of it. */
const LOOK_MS = 50;
/** More than the log has. */
const MOST_ENTRIES = 2048;

export interface LmdbBackendOptions {
  /** Closed by whoever opened them. */
  readonly tables: Tables;
  readonly write: WriteTables;
  readonly health?: Pick<WriteHealth, 'reopening' | 'certain' | 'mend'>;
  /** Claims of several processes; undefined: nobody else has the environment open. */
  readonly claims?: WriterClaims | undefined;
}

/** A backend on an LMDB environment. */
export function openLmdbBackend({ tables, write, health, claims }: LmdbBackendOptions): Backend {
  const registerOf = rememberRegister();
  const listeners = new Set<() => void>();
  const register = () => registerOf(readIndices(tables));
  const documents = rememberDocuments();
  const entries = new Map<number, { readonly last: number; readonly size: number }>();
  let isClosed = false;
  let looking: NodeJS.Timeout | undefined;

  /** Comes before whatever is read. What others have committed is in it. */
  function begin(): Tables {
    if (isClosed) throw new Error('the state is closed');
    if (claims) tables.environment.resetReadTxn();
    return tables;
  }

  async function append(expected: number, commits: readonly StoredCommit[], next?: () => void): Promise<Appended> {
    const last = commits.at(-1);
    begin();
    if (!last) return { kind: 'done' };
    const documentOf = documents();
    const planned = planWrites(commits, register(), documentOf);
    const logged = writeLogged(commits, documentOf);
    const attempt = () => {
      if (claims?.isHeldByAnother()) return 'claimed';
      if (readPresent(tables).version !== expected) return 'moved';
      // Another process may have made an index since.
      const current = register();
      applyWrites(
        tables,
        current === planned.register ? planned : planWrites(commits, current, documentOf),
        logged,
        last,
        entries,
      );
      return 'done';
    };
    for (;;) {
      const kind = await write(attempt, { hasWritten: (done) => done === 'done', next });
      if (kind === 'done') note(logged);
      if (kind !== 'claimed') return { kind };
      await claims?.waitForOther();
    }
  }

  /** What goes from the log again need not be looked up. Of what was not kept, others may have the place. */
  function note({ first, last, bytes }: LoggedAppend): void {
    if (bytes.length === 0) return;
    entries.set(first, { last, size: bytes.length });
    for (const oldest of entries.keys()) {
      if (entries.size <= MOST_ENTRIES) break;
      entries.delete(oldest);
    }
  }

  async function readNow<T>(work: () => T): Promise<T> {
    const reopening = health?.reopening();
    if (reopening !== undefined) await reopening;
    try {
      begin();
      return work();
    } catch (error) {
      if (!health || !isBroken(error as Error)) throw error;
      await health.mend(error as Error);
      begin();
      return work();
    }
  }

  function look(): void {
    let seen = readPresent(begin()).version;
    looking = setInterval(() => {
      if (health?.reopening() !== undefined) return;
      const { version } = readPresent(begin());
      if (version === seen) return;
      seen = version;
      for (const listener of listeners) listener();
    }, LOOK_MS);
    looking.unref();
  }

  /** A look into memory that all processes have: it takes a microsecond, where waiting for an answer takes a turn of the event loop. */
  function isPresent(version: number): boolean {
    if (isClosed || health?.reopening() !== undefined) return false;
    try {
      return readPresent(begin()).version === version;
    } catch {
      // Whoever asks in the long way is told, and mends it.
      return false;
    }
  }

  return {
    isExclusive: claims === undefined,
    ...(claims && { isPresent }),
    read: (reads: readonly Read[]): Promise<Answers> =>
      readNow(() => ({
        present: readPresent(tables),
        answers: reads.map((read) => readAnswer(tables, register, read)),
      })),
    commitsAfter: (version, limit): Promise<CommitsAfter> =>
      readNow(() => {
        const present = readPresent(tables);
        const commits = version === present.version ? [] : readLog(tables, present.version, version, limit);
        return commits === undefined ? { kind: 'forgotten', present } : { kind: 'commits', commits, present };
      }),
    versionOf: (path) => readNow(() => findPath(tables, path)?.version),
    append,
    certain: async () => health?.certain(),
    async index(namespace, className, property) {
      await indexProperty(begin(), write, registerOf, { namespace, className, property });
    },
    all(): AsyncIterable<readonly Row[]> {
      return readAllRows(begin());
    },
    async claim() {
      begin();
      return claims ? claimWriter(claims, write) : { release: async () => {} };
    },
    ...(claims && {
      onCommit(listener: () => void) {
        listeners.add(listener);
        if (looking === undefined) look();
        return () => {
          listeners.delete(listener);
          if (listeners.size > 0) return;
          clearInterval(looking);
          looking = undefined;
        };
      },
    }),
    async close() {
      isClosed = true;
      clearInterval(looking);
      listeners.clear();
    },
  };
}
