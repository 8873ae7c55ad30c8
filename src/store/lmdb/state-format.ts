import { StateError } from '../../cim/contracts/state-error.js';
import { forgetLog } from './commit-log.js';
import { readFormat, readPresent, writeFormat } from './store-facts.js';
import type { Tables } from './tables.js';
import type { WriteTables } from './write-tables.js';

/** How everything in the tables is written. A change of it has a step in {@link MIGRATIONS}. */
export const STATE_FORMAT = 2;

/** Makes tables of one format into those of the next, within one transaction. */
export interface Migration {
  /** It makes the one after it. */
  readonly from: number;
  migrate(tables: Tables): void;
}

/** Every step from the oldest format that is still understood. */
export const MIGRATIONS: readonly Migration[] = [
  // Commits that were appended together are one entry of the log. Nobody asks for those of before the start.
  { from: 1, migrate: (tables) => forgetLog(tables, readPresent(tables).version) },
];

/** How far tables are from the format that this program writes. */
export type FormatState = 'new' | 'current' | 'old';

/** @throws StateError when they were written by a newer program, or by one that is too old */
export function formatState(
  tables: Tables,
  place: string,
  migrations = MIGRATIONS,
  format = STATE_FORMAT,
): FormatState {
  const found = readFormat(tables);
  if (found === undefined) return 'new';
  if (found === format) return 'current';
  if (found > format)
    throw new StateError(
      `the state in ${place} has format ${found}, and this version knows formats up to ${format}: start the version that wrote it, or take another folder`,
    );
  if (!migrations.some(({ from }) => from === found))
    throw new StateError(`the state in ${place} has format ${found}, which this version cannot read any more`);
  return 'old';
}

/** Makes tables, which nobody else has, into those of the current format. */
export async function migrateTables(
  tables: Tables,
  write: WriteTables,
  migrations = MIGRATIONS,
  format = STATE_FORMAT,
): Promise<void> {
  for (let from = readFormat(tables) ?? format; from < format; from += 1) {
    const step = migrations.find((migration) => migration.from === from);
    if (!step) throw new StateError(`there is no way from format ${from} of a state to the next`);
    await write(() => {
      step.migrate(tables);
      writeFormat(tables, from + 1);
    });
  }
}
