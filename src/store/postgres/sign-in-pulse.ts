import { CLOCK_MS } from './clock-sql.js';
import type { Database } from './database.js';

/** How often is looked, in milliseconds. NOTIFY is not to be had from every database, and would be no promise. */
const INTERVAL_MS = 500;
/** After this long, what was seen says nothing any more. */
const LASTS_MS = 1_000;

/** Looks at what other endpoints change about signing in, in one small statement twice a second. */
export interface SignInPulse {
  /** As of less than a second ago, nothing is held against anybody. */
  isQuiet(): boolean;
  /** Told when the accounts have another version than at the look before. @returns what ends it */
  onAccounts(listener: () => void): () => void;
  close(): void;
}

/**
 * It looks for the first time when somebody wants to know something.
 *
 * @param schema quoted
 */
export function createSignInPulse(database: Database, schema: string): SignInPulse {
  const listeners = new Set<() => void>();
  const text = `SELECT version, EXISTS (SELECT 1 FROM ${schema}.shared_counts WHERE ends > ${CLOCK_MS}) FROM ${schema}.accounts`;
  let quietUntil = Number.NEGATIVE_INFINITY;
  let version: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    const begun = performance.now();
    try {
      const [[seen, isHeld] = []] = await database.query({ name: 'sign-in pulse', text });
      quietUntil = isHeld === 'f' ? begun + LASTS_MS : Number.NEGATIVE_INFINITY;
      const isOther = version !== undefined && seen !== version;
      version = seen ?? undefined;
      if (isOther) for (const listener of listeners) listener();
    } catch {
      // The database tells of it itself; what it kept of accounts is read when it is there again.
      version = '';
    } finally {
      isLooking = false;
    }
  }

  function begin(): void {
    if (timer !== undefined || database.isClosed) return;
    timer = setInterval(look, INTERVAL_MS).unref();
    void look();
  }

  return {
    isQuiet() {
      begin();
      return performance.now() < quietUntil;
    },
    onAccounts(listener) {
      begin();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}
