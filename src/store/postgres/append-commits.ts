import type { Appended, StoredCommit } from '../durable/backend.js';
import { appendRows } from './append-rows.js';
import { appendStatement } from './append-statement.js';
import type { Database, Session, Statement } from './database.js';
import type { Claims } from './exclusive-claim.js';
import type { KnownLog } from './known-log.js';
import { idAfter } from './logged-commits.js';
import { readRegister } from './property-register.js';
import { lockState, type StateLock, unlockState } from './state-lock.js';

export interface AppendOptions {
  /** Quoted. */
  readonly schema: string;
  readonly claims: Claims;
  readonly log: KnownLog;
  readonly notify: { readonly channel: string; readonly from: string } | undefined;
}

export interface Appender {
  append(expected: number, commits: readonly StoredCommit[]): Promise<Appended>;
  /** Lets go of a lock that is kept: for others of this process that need it. */
  letGo(): void;
}

/** For how long the state is held for one who has lost it to others, until it comes again. */
const KEPT_MS = 100;
/** Who has met others takes the lock first, until so many times in a row nobody had come between. */
const CALM = 4;

/** `claimed`: somebody else alone may append. */
type Outcome = Appended | { readonly kind: 'claimed' };

/**
 * Appends commits in one statement, which needs no lock beforehand. Whoever has met others stands in line for the lock instead, hears with
 * it what they committed, and keeps it for a moment: the attempt on top of that does not lose again, however many there are.
 */
export async function createAppender(database: Database, options: AppendOptions): Promise<Appender> {
  const { schema, claims, log, notify } = options;
  let register = await database.run((session) => readRegister(session, schema));
  let kept: { readonly lock: StateLock; readonly timer: NodeJS.Timeout } | undefined;
  let rivals = 0;

  function takeKept(): StateLock | undefined {
    const lock = kept?.lock;
    clearTimeout(kept?.timer);
    kept = undefined;
    return lock;
  }

  function letGo(): void {
    const lock = takeKept();
    if (lock) unlockState(lock);
  }

  function keep(lock: StateLock): void {
    kept = { lock, timer: setTimeout(letGo, KEPT_MS) };
    kept.timer.unref();
  }

  function statementOf(expected: number, commits: readonly StoredCommit[]): Statement {
    const terms = { expected, register: register.number, claim: claims.token(), notify };
    return appendStatement(schema, commits, appendRows(commits, register), terms);
  }

  const isClaimed = ({ claim }: StateLock) => claim !== null && claim !== claims.token();

  async function writeLocked(session: Session, expected: number, commits: readonly StoredCommit[]): Promise<void> {
    if (commits.some(({ isCleared }) => isCleared)) await session.query(`DELETE FROM ${schema}.class_counts`);
    // Both go at once; after an error the second one undoes.
    const [answer] = await Promise.all([session.query(statementOf(expected, commits)), session.query('COMMIT')]);
    if (answer.length === 0) throw new Error('the state changed while it was locked');
  }

  async function appendWith(lock: StateLock, expected: number, commits: readonly StoredCommit[]): Promise<Outcome> {
    const isAnew = lock.after === expected;
    // It was written before the connection was lost.
    const isThere = isAnew && idAfter(expected, lock.rows) === commits[0]?.id;
    if (isThere || isClaimed(lock)) {
      unlockState(lock);
      return { kind: isThere ? 'done' : 'claimed' };
    }
    if (lock.version !== expected) {
      rivals = CALM;
      keep(lock);
      return { kind: 'moved', ...(isAnew && { since: log.read(expected, lock.rows) }) };
    }
    const { session } = lock.held;
    if (lock.register !== register.number) register = await readRegister(session, schema);
    await writeLocked(session, expected, commits);
    lock.held.release();
    return { kind: 'done' };
  }

  async function appendLocked(expected: number, commits: readonly StoredCommit[]): Promise<Outcome> {
    let lock = takeKept();
    if (!lock) {
      lock = await lockState(database, schema, expected);
      rivals = Math.max(0, rivals - 1);
    }
    try {
      return await appendWith(lock, expected, commits);
    } catch (error) {
      lock.held.release(true);
      throw error;
    }
  }

  /** False: the state was not as expected, or is to be locked first. */
  async function appendQuickly(expected: number, commits: readonly StoredCommit[]): Promise<boolean> {
    if (kept || rivals > 0 || commits.some(({ isCleared }) => isCleared)) return false;
    const answer = await database.query(statementOf(expected, commits));
    return answer.length > 0;
  }

  async function append(expected: number, commits: readonly StoredCommit[]): Promise<Appended> {
    if (await appendQuickly(expected, commits)) return done();
    for (;;) {
      const outcome = await database.insist(() => appendLocked(expected, commits));
      if (outcome.kind === 'done') return done();
      if (outcome.kind === 'moved') return outcome;
      await claims.othersAreOver();
    }
  }

  function done(): Appended {
    database.wrote();
    return { kind: 'done' };
  }

  return { append, letGo };
}
