import { join } from 'node:path';
import { StateError } from '../../cim/contracts/state-error.js';
import { checkFile } from './check-file.js';
import { DiskPace, type Pace } from './disk-pace.js';
import { type Lmdb, loadLmdb } from './load-lmdb.js';
import { DATA_FILE, finishSwap, removeFormer, writeNext } from './migrate-state.js';
import { directoryError } from './state-directory.js';
import { type FormatState, formatState, MIGRATIONS, type Migration, STATE_FORMAT } from './state-format.js';
import { readFormat, writeFormat } from './store-facts.js';
import { openTables, type Tables } from './tables.js';
import { createWriteTables, type WriteHealth, type WriteTables } from './write-tables.js';

export interface OpenTables {
  readonly tables: Tables;
  readonly write: WriteTables;
  readonly health: WriteHealth;
  /** It was migrated from this one. */
  readonly formerFormat?: number;
  close(): Promise<void>;
}

export interface StateTablesOptions {
  /** Formats are as they are but in tests. */
  readonly migrations?: readonly Migration[] | undefined;
  readonly format?: number | undefined;
  /** Others may have it open: what is written is not changed. */
  readonly isShared?: boolean | undefined;
  /** Which thread waits for the disk goes by the disk but in tests. */
  readonly pace?: Pace | undefined;
}

/**
 * Opens the tables of a state in the format that this program writes.
 *
 * @throws StateError
 */
export async function openStateTables(directory: string, options: StateTablesOptions = {}): Promise<OpenTables> {
  const { migrations = MIGRATIONS, format = STATE_FORMAT, isShared = false } = options;
  const pace = isShared ? undefined : (options.pace ?? new DiskPace());
  const lmdb = await loadLmdb();
  const file = join(directory, DATA_FILE);
  if (!isShared) await finishSwap(directory);
  let opened = await openChecked(lmdb, directory, pace);
  try {
    const state = formatState(opened.tables, directory, migrations, format);
    if (state === 'old' && isShared)
      throw new StateError(`the state in ${directory} has an older format: start once without other processes on it`);
    if (state === 'old') {
      const formerFormat = readFormat(opened.tables);
      await writeNext(lmdb, directory, opened.tables, migrations, format);
      await opened.close();
      await finishSwap(directory);
      opened = {
        ...(await openChecked(lmdb, directory, pace)),
        ...(formerFormat !== undefined && { formerFormat }),
      };
    } else await settle(directory, opened, state, format, isShared);
    return opened;
  } catch (error) {
    await opened.close();
    throw directoryError(file, error as NodeJS.ErrnoException);
  }
}

async function settle(
  directory: string,
  { tables, write }: OpenTables,
  state: FormatState,
  format: number,
  isShared: boolean,
): Promise<void> {
  if (state === 'new') await write(() => writeFormat(tables, format));
  // It has been opened once in its new format.
  if (!isShared) await removeFormer(directory);
}

async function openChecked(lmdb: Lmdb, directory: string, pace: Pace | undefined): Promise<OpenTables> {
  const file = join(directory, DATA_FILE);
  await checkFile(file);
  const openAll = () => openTables(lmdb, { file });
  try {
    const tables = openAll();
    const { write, health } = createWriteTables(tables, file, { reopen: openAll, pace });
    let closing: Promise<void> | undefined;
    const close = () => {
      closing ??= health.idle().then(() => tables.environment.close());
      return closing;
    };
    return { tables, write, health, close };
  } catch (error) {
    throw openError(directory, error as NodeJS.ErrnoException);
  }
}

/** LMDB's own words are for programmers. */
function openError(directory: string, error: NodeJS.ErrnoException): Error {
  const known = directoryError(directory, error);
  if (known instanceof StateError) return known;
  const { message } = error;
  if (/MDB_(INVALID|VERSION_MISMATCH|CORRUPTED|PAGE_NOTFOUND)/.test(message))
    return new StateError(
      `${join(directory, DATA_FILE)} is no state, or is damaged (${message}): restore a backup, or take another folder`,
      { cause: error },
    );
  for (const [pattern, reason] of SYSTEM) {
    if (pattern.test(message)) return new StateError(`${directory} ${reason}`, { cause: error });
  }
  return new StateError(`the state in ${directory} cannot be opened: ${message}`, { cause: error });
}

const SYSTEM: readonly (readonly [RegExp, string])[] = [
  [/permission denied/i, 'holds files that this user may not write: a state belongs to the user of its server'],
  [/read-only file system/i, 'is on a read-only file system: a state has to be written'],
  [/no space left/i, 'has no room: a state needs some to begin with'],
  [/cannot allocate memory/i, 'cannot be mapped: the address space of this process is limited'],
];
