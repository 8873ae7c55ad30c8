import { type CountRow, failedOnce, owedOf, owedOnce, releasedOnce } from '../../../src/auth/lock-out/count-row.js';
import type { SharedCounts } from '../../../src/cim/contracts/shared-counts.js';

/** Counts that several lock-outs of one process share, as endpoints share those of a database. */
export interface MemoryCounts extends SharedCounts {
  /** It cannot be reached. */
  away: boolean;
  /** It does not answer. */
  silent: boolean;
  /** Nothing that was held against anybody has come around yet. */
  quiet: boolean | undefined;
  /** What was asked of it, by name. */
  readonly calls: string[];
  readonly rows: Map<string, CountRow>;
}

/** @param now its clock, in milliseconds */
export function createMemoryCounts(now: () => number): MemoryCounts {
  const rows = new Map<string, CountRow>();
  const calls: string[] = [];
  const find = (key: string) => {
    const row = rows.get(key);
    return row !== undefined && row.ends > now() ? row : undefined;
  };
  async function reach(name: string): Promise<void> {
    calls.push(name);
    await new Promise(setImmediate);
    if (counts.silent) await new Promise(() => {});
    if (counts.away) throw new Error('the database does not answer');
  }
  const counts: MemoryCounts = {
    away: false,
    silent: false,
    quiet: undefined,
    calls,
    rows,
    isQuiet: () => counts.quiet ?? [...rows.values()].every(({ ends }) => ends <= now()),
    async begin({ pair, address }, limits) {
      await reach('begin');
      const row = find(pair);
      const owed = owedOf(find(address), limits, now());
      if (row === undefined) return { failures: 0, delay: 0, owed, isClaimed: false };
      if (row.until > now()) return { failures: row.count, delay: row.until - now(), owed, isClaimed: false };
      const claimed = failedOnce(row, limits, now());
      rows.set(pair, claimed);
      return { failures: claimed.count, delay: 0, owed, isClaimed: true };
    },
    async fail({ pair, address }, limits) {
      await reach('fail');
      if (pair !== undefined) rows.set(pair, failedOnce(find(pair), limits, now()));
      if (address !== undefined) rows.set(address, owedOnce(find(address), limits, now()));
    },
    async release(pair) {
      await reach('release');
      const row = find(pair);
      const left = row && releasedOnce(row, now());
      if (left === undefined) rows.delete(pair);
      else rows.set(pair, left);
    },
    async forget(pair) {
      await reach('forget');
      rows.delete(pair);
    },
  };
  return counts;
}
