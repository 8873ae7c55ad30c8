import { type CountRow, failedOnce, MOST_ROWS, owedOf, owedOnce, releasedOnce } from '../../auth/lock-out/count-row.js';
import type { SharedCounts } from '../../cim/contracts/shared-counts.js';
import type { ContextTables } from './context-tables.js';
import { machineTime } from './lmdb-context-store.js';
import { storeErrorOf } from './lmdb-error.js';
import { FIRST_KEY, textKey } from './table-keys.js';

/** What a transaction of one step needs: it is never undone, and nobody waits for the disk. */
const PLAIN_TRANSACTION = 0;
/** This process looks whether there are too many after it has counted under a twentieth of that. */
const SWEEPS = 20;

export interface LmdbSharedCountsOptions {
  /** Milliseconds on a clock of the machine, the same in all processes, that only goes forward. */
  readonly now?: () => number;
  /** Keys that are kept: those that would be forgotten next make room. Default 20,000. */
  readonly mostRows?: number;
}

/**
 * {@link SharedCounts} in an environment that several processes of one machine have open. Like contexts they survive all of them, not the
 * machine.
 */
export function createLmdbSharedCounts(
  { environment, counts }: Pick<ContextTables, 'environment' | 'counts'>,
  { now = machineTime, mostRows = MOST_ROWS }: LmdbSharedCountsOptions = {},
): SharedCounts {
  let unswept = 0;

  function find(key: string): CountRow | undefined {
    const text = counts.get(textKey(key));
    const row = text === undefined ? undefined : readRow(text);
    return row && row.ends > now() ? row : undefined;
  }

  function put(key: string, row: CountRow): void {
    counts.put(textKey(key), `${row.count} ${row.until} ${row.ends}`);
  }

  /** One step, of all processes. */
  function change<T>(action: () => T): T {
    environment.resetReadTxn();
    try {
      return environment.transactionSync(action, PLAIN_TRANSACTION);
    } catch (error) {
      throw storeErrorOf(error as Error);
    }
  }

  function sweep(): void {
    unswept = 0;
    const rows = [...counts.getRange({ start: FIRST_KEY })].map(({ key, value }) => ({
      key,
      ends: readRow(value).ends,
    }));
    rows.sort((a, b) => b.ends - a.ends);
    for (const [index, { key, ends }] of rows.entries()) if (index >= mostRows || ends <= now()) counts.remove(key);
  }

  return {
    isQuiet() {
      environment.resetReadTxn();
      for (const _ of counts.getKeys({ start: FIRST_KEY, limit: 1 })) return false;
      return true;
    },

    async begin({ pair, address }, limits) {
      environment.resetReadTxn();
      const owed = owedOf(find(address), limits, now());
      if (find(pair) === undefined) return { failures: 0, delay: 0, owed, isClaimed: false };
      return change(() => {
        const row = find(pair);
        if (row === undefined) return { failures: 0, delay: 0, owed, isClaimed: false };
        const delay = row.until - now();
        if (delay > 0) return { failures: row.count, delay, owed, isClaimed: false };
        const claimed = failedOnce(row, limits, now());
        put(pair, claimed);
        return { failures: claimed.count, delay: 0, owed, isClaimed: true };
      });
    },

    async fail({ pair, address }, limits) {
      change(() => {
        if (pair !== undefined) put(pair, failedOnce(find(pair), limits, now()));
        if (address !== undefined) put(address, owedOnce(find(address), limits, now()));
        unswept += 2;
        if (unswept * SWEEPS >= mostRows) sweep();
      });
    },

    async release(pair) {
      change(() => {
        const row = find(pair);
        const left = row && releasedOnce(row, now());
        if (left === undefined) counts.remove(textKey(pair));
        else put(pair, left);
      });
    },

    async forget(pair) {
      change(() => void counts.remove(textKey(pair)));
    },
  };
}

function readRow(text: string): CountRow {
  const [count = 0, until = 0, ends = 0] = text.split(' ').map(Number);
  return { count, until, ends };
}
