import type { StoredCommit } from '../durable/backend.js';
import { appendLog, forgetLog, type KnownEntries, type LoggedAppend } from './commit-log.js';
import type { Table } from './load-lmdb.js';
import type { PlannedWrite, PlannedWrites } from './plan-writes.js';
import { writePresent } from './store-facts.js';
import { numberAtEnd, numberKey } from './table-keys.js';
import type { Tables } from './tables.js';

/**
 * Within a transaction: writes what commits come to, and that they were.
 *
 * @param logged undefined: they are not kept
 */
export function applyWrites(
  tables: Tables,
  { isCleared, rows, paths, entries, counts }: PlannedWrites,
  logged: LoggedAppend | undefined,
  last: StoredCommit,
  known?: KnownEntries,
): void {
  if (isCleared) for (const name of ['rows', 'paths', 'entries', 'counts'] as const) tables[name].clearAsync();
  writeAll(tables.rows, rows);
  writeAll(tables.paths, paths);
  writeAll(tables.entries, entries);
  for (const [prefix, by] of counts) addToCount(tables, Buffer.from(prefix, 'latin1'), by);
  if (logged) appendLog(tables, logged, known);
  else forgetLog(tables, last.version);
  writePresent(tables, last.present);
}

/** Number of instances of a class. */
export function readCount({ counts }: Pick<Tables, 'counts'>, classPrefix: Buffer): number {
  const value = counts.get(classPrefix);
  return value === undefined ? 0 : numberAtEnd(value);
}

function addToCount(tables: Tables, prefix: Buffer, by: number): void {
  if (by === 0) return;
  const count = readCount(tables, prefix) + by;
  if (count > 0) tables.counts.put(prefix, numberKey(count));
  else tables.counts.remove(prefix);
}

function writeAll<V extends string | Uint8Array>(table: Table<V>, writes: readonly PlannedWrite[]): void {
  for (const { key, value } of writes) {
    if (value === undefined) table.remove(key);
    else table.put(key, value);
  }
}
