import type { Appended, StoredCommit } from '../durable/backend.js';
import { type AppendRows, appendRows } from './append-rows.js';
import { appendStatement } from './append-statement.js';
import type { Database, Held, Session } from './database.js';
import type { Claims } from './exclusive-claim.js';
import { type PropertyRegister, readRegister } from './property-register.js';

export interface AppendOptions {
  /** Quoted. */
  readonly schema: string;
  readonly claims: Claims;
  readonly notify: { readonly channel: string; readonly from: string } | undefined;
}

export interface Appender {
  append(expected: number, commits: readonly StoredCommit[]): Promise<Appended>;
  /** Lets go of a lock that is kept: for others of this process that need it. */
  letGo(): void;
}

/** For how long the state is held for one who has lost it to others, until it comes again. */
const KEPT_MS = 250;

type Outcome = Appended['kind'] | 'claimed';

/** The state as it is, when an append did not take it to be so. */
interface Actual {
  readonly version: number;
  readonly register: number;
  readonly claim: string | null;
  /** Of the commit after the one that was expected. */
  readonly next: string | null;
}

/**
 * Appends commits in one statement, which needs no lock beforehand. Whoever has lost to others takes the lock, and keeps it for a moment: the
 * next attempt, on what they committed, does not lose again, however many there are.
 */
export async function createAppender(database: Database, options: AppendOptions): Promise<Appender> {
  const { schema, claims, notify } = options;
  let register = await database.run((session) => readRegister(session, schema));
  let kept: { readonly held: Held; readonly timer: NodeJS.Timeout } | undefined;

  function letGo(): void {
    if (!kept) return;
    clearTimeout(kept.timer);
    const { held } = kept;
    kept = undefined;
    held.session.query('ROLLBACK').then(
      () => held.release(),
      () => held.release(true),
    );
  }

  function takeKept(): Held | undefined {
    const held = kept?.held;
    clearTimeout(kept?.timer);
    kept = undefined;
    return held;
  }

  function keep(held: Held): void {
    kept = { held, timer: setTimeout(letGo, KEPT_MS) };
    kept.timer.unref();
  }

  const terms = (expected: number, { number }: PropertyRegister) => ({
    expected,
    register: number,
    claim: claims.token(),
    notify,
  });

  async function write(
    session: Session,
    expected: number,
    commits: readonly StoredCommit[],
    rows: AppendRows,
  ): Promise<boolean> {
    const answer = await session.query(appendStatement(schema, commits, rows, terms(expected, register)));
    return answer.length > 0;
  }

  /** With the row of the state locked. */
  async function appendLocked(session: Session, expected: number, commits: readonly StoredCommit[]): Promise<Outcome> {
    const actual = await lockState(session, schema, expected);
    // It was written before the connection was lost.
    if (actual.next !== null && actual.next === commits[0]?.id) return 'done';
    if (actual.version !== expected) return 'moved';
    if (actual.claim !== null && actual.claim !== claims.token()) return 'claimed';
    if (actual.register !== register.number) register = await readRegister(session, schema);
    const rows = appendRows(commits, register);
    if (rows.isCleared) await session.query(`DELETE FROM ${schema}.class_counts`);
    if (!(await write(session, expected, commits, rows))) throw new Error('the state changed while it was locked');
    return 'done';
  }

  async function appendWith(held: Held, expected: number, commits: readonly StoredCommit[]): Promise<Outcome> {
    try {
      const outcome = await appendLocked(held.session, expected, commits);
      if (outcome === 'moved') keep(held);
      else {
        await held.session.query('COMMIT');
        held.release();
      }
      return outcome;
    } catch (error) {
      held.release(true);
      throw error;
    }
  }

  /** Undefined: the state was not as expected, or is to be locked first. */
  async function appendQuickly(expected: number, commits: readonly StoredCommit[]): Promise<Appended | undefined> {
    if (kept || commits.some(({ isCleared }) => isCleared)) return undefined;
    const rows = appendRows(commits, register);
    const isDone = await database.run((session) => write(session, expected, commits, rows));
    return isDone ? done() : undefined;
  }

  async function append(expected: number, commits: readonly StoredCommit[]): Promise<Appended> {
    for (;;) {
      const appended = await appendQuickly(expected, commits);
      if (appended) return appended;
      const outcome = await database.insist(async () => {
        return appendWith(takeKept() ?? (await database.hold()), expected, commits);
      });
      if (outcome === 'done') return done();
      if (outcome === 'moved') return { kind: 'moved' };
      await claims.othersAreOver();
    }
  }

  function done(): Appended {
    database.wrote();
    return { kind: 'done' };
  }

  return { append, letGo };
}

async function lockState(session: Session, schema: string, expected: number): Promise<Actual> {
  await session.query(`BEGIN; SELECT version FROM ${schema}.state FOR UPDATE`);
  const [[version, register, claim = null, next = null] = []] = await session.query({
    text: `SELECT version, register, claim, (SELECT id FROM ${schema}.commits WHERE version = $1::bigint + 1) FROM ${schema}.state`,
    values: [expected],
  });
  return { version: Number(version), register: Number(register), claim, next };
}
