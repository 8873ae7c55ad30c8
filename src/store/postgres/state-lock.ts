import type { Database, Held, Row } from './database.js';
import { commitsAfterText } from './logged-commits.js';

/** Commits that are told at once. */
const MANY = 256;

/** The lock of the row of the state, and what nobody else changes as long as it is held. */
export interface StateLock {
  readonly held: Held;
  readonly version: number;
  /** Number of the register of properties. */
  readonly register: number;
  /** The token of a claim. */
  readonly claim: string | null;
  /** The version that was asked after, and what the log had behind it (`readCommitsAfter`). */
  readonly after: number;
  readonly rows: readonly Row[];
}

/**
 * Waits for the lock, in line with others, and reads what they committed: one wait for both.
 *
 * @param schema quoted
 * @throws what the connection or the database says
 */
export async function lockState(database: Database, schema: string, after: number): Promise<StateLock> {
  const held = await database.hold();
  try {
    const [, rows] = await Promise.all([
      held.session.query(`BEGIN; SELECT version FROM ${schema}.state FOR UPDATE`),
      held.session.query({ name: 'commits', text: commitsAfterText(schema), values: [after, MANY] }),
    ]);
    const [[version, , , , , , , , , , register, claim = null] = []] = rows;
    return { held, version: Number(version), register: Number(register), claim, after, rows };
  } catch (error) {
    held.release(true);
    throw error;
  }
}

/** Lets go of the lock; nothing was written with it. */
export function unlockState({ held }: StateLock): void {
  held.session.query('ROLLBACK').then(
    () => held.release(),
    () => held.release(true),
  );
}
