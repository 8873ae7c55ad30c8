import { randomUUID } from 'node:crypto';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { Database, Held } from './database.js';
import { troubleOf } from './database-trouble.js';

/** Claims of a state: who has one appends, and nobody else. It ends with the connection that holds it, and so with its process. */
export interface Claims {
  claim(): Promise<{ release(): Promise<void> }>;
  /** What an append has to say. @throws StoreError unavailable when the claim that is held was lost */
  token(): string | undefined;
  /** Waits until a claim of somebody else is over, however long that takes. */
  othersAreOver(): Promise<void>;
}

/**
 * A lock is waited for in slices, so that a lost connection is noticed. Behind others it is waited for twice, for its turn and for whoever
 * has it: both together have to be less than a statement may take.
 */
const SLICE_MS = 3000;

/**
 * The lock of the row of `claims` is the claim; its token in `state` makes an append of anybody else fail, so that who appends needs
 * neither of them. A token without a lock is of one who died: whoever gets the lock removes it.
 *
 * @param schema quoted
 */
export function exclusiveClaims(database: Database, schema: string): Claims {
  let mine: { readonly token: string; readonly held: Held } | undefined;

  async function lock(): Promise<Held> {
    for (;;) {
      const held = await database.hold();
      try {
        await held.session.query(
          `BEGIN; SET LOCAL lock_timeout = ${SLICE_MS}; SELECT id FROM ${schema}.claims FOR UPDATE`,
        );
        return held;
      } catch (error) {
        held.release(true);
        const trouble = troubleOf(error);
        if (trouble === 'locked' || trouble === 'lost' || trouble === 'readOnly' || trouble === 'again') continue;
        throw trouble ? new StoreError('unavailable', 'the database gives no claim', { cause: error }) : error;
      }
    }
  }

  const setToken = (token: string | null) =>
    database.query({
      // Nothing is written where there is none to remove.
      text: `UPDATE ${schema}.state SET claim = $1::text WHERE claim IS NOT NULL OR $1::text IS NOT NULL`,
      values: [token],
    });

  return {
    async claim() {
      const held = await lock();
      const token = randomUUID();
      try {
        await setToken(token);
      } catch (error) {
        held.release(true);
        throw error;
      }
      mine = { token, held };
      return {
        async release() {
          if (mine?.token === token) mine = undefined;
          try {
            // Of one that was lost, somebody else may have the state by now.
            await database.query({
              text: `UPDATE ${schema}.state SET claim = NULL WHERE claim = $1::text`,
              values: [token],
            });
            if (!held.isLost) await held.session.query('ROLLBACK');
            held.release();
          } catch {
            // Whoever wants to append next finds the lock free, and removes the token.
            held.release(true);
          }
        },
      };
    },
    token() {
      if (mine?.held.isLost) throw new StoreError('unavailable', 'the connection that claimed the database was lost');
      return mine?.token;
    },
    async othersAreOver() {
      const held = await lock();
      try {
        await setToken(null);
        await held.session.query('ROLLBACK');
        held.release();
      } catch (error) {
        held.release(true);
        throw error;
      }
    },
  };
}
