import type { ContextStore } from '../../cim/contracts/context-store.js';
import type { SharedCounts } from '../../cim/contracts/shared-counts.js';
import type { StateCheck, StateNotes, StateUpkeep } from '../../cim/contracts/state.js';
import { StateError } from '../../cim/contracts/state-error.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { Backend } from '../durable/backend.js';
import { checkTables, countsAgree } from './check-tables.js';
import { contextFile, removeOldContexts } from './context-files.js';
import { type ContextTables, openContextTables } from './context-tables.js';
import { createLmdbContextStore } from './lmdb-context-store.js';
import { createLmdbSharedCounts } from './lmdb-shared-counts.js';
import { loadLmdb } from './load-lmdb.js';
import { openLmdbBackend } from './open-backend.js';
import { rebuildIndices } from './rebuild-indices.js';
import { directoryError, prepareStateDirectory } from './state-directory.js';
import { type StateLock, takeStateLock } from './state-lock.js';
import { type OpenTables, openStateTables, type StateTablesOptions } from './state-tables.js';
import { textKey } from './table-keys.js';
import { createUpkeep } from './upkeep.js';
import { createWriterClaims } from './writer-claims.js';

/** Where it is written what is done to a state when it is opened. */
export interface StateLogger {
  warn(facts: object, message: string): void;
}

export interface LmdbStateOptions extends StateTablesOptions {
  /** Made when it is not there. */
  readonly directory: string;
  readonly logger: StateLogger;
  /**
   * Processes of one server open it together: whoever started them has its lock ({@link lockLmdbState}). Otherwise the lock is taken here,
   * and given back when it is closed.
   */
  readonly isShared: boolean;
  /** On which others find this server: for the line that they get when they want the folder, too. */
  readonly port?: number | undefined;
  /** For contexts: milliseconds on a clock of the machine that only goes forward. */
  readonly now?: (() => number) | undefined;
}

/** A state in a folder, but for the store of instances above the backend. */
export interface LmdbParts {
  readonly backend: Backend;
  readonly contexts: ContextStore;
  readonly notes: StateNotes;
  /** Only where others have it, too. */
  readonly sharedCounts?: SharedCounts | undefined;
  problem(): string | undefined;
  /** Compares all instances with all indices. */
  check(): Promise<StateCheck>;
  readonly upkeep: StateUpkeep;
  /** Writes everything of one moment into a file that is not there yet, without what is unused. */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Takes the lock of a state's folder for this process and those that it starts: they open it as shared.
 *
 * @throws StateError when another server has it, or it cannot be a state's folder
 */
export async function lockLmdbState(directory: string, port?: number): Promise<StateLock> {
  await prepareStateDirectory(directory);
  try {
    const lock = await takeStateLock(directory, port);
    await removeOldContexts(directory);
    return lock;
  } catch (error) {
    throw directoryError(directory, error as NodeJS.ErrnoException);
  }
}

/** @throws StateError */
export async function openLmdbParts(options: LmdbStateOptions): Promise<LmdbParts> {
  const { directory, isShared, port } = options;
  const lock = isShared ? undefined : await lockLmdbState(directory, port);
  let opened: OpenTables | undefined;
  let contexts: ContextTables | undefined;
  const close = async () => {
    await opened?.close();
    await contexts?.environment.close();
    await lock?.release();
  };
  try {
    opened = await openStateTables(directory, options);
    if (!isShared) await mendIndices(opened, options);
    contexts = openContextTables(await loadLmdb(), await contextFile(directory));
    return await partsOf(opened, contexts, options, close);
  } catch (error) {
    await close();
    throw directoryError(directory, error as NodeJS.ErrnoException);
  }
}

/** Instances that are compared with all their entries whenever a state is opened: of more, numbers alone are, and `state check` does it. */
const MOST_COMPARED = 5_000;

async function areWhole({ tables }: OpenTables, { directory, logger }: LmdbStateOptions): Promise<boolean> {
  if (!countsAgree(tables)) return false;
  if (tables.rows.getStats().entryCount > MOST_COMPARED) return true;
  const { problems, isMendable } = await checkTables(tables);
  if (problems.length > 0 && !isMendable)
    logger.warn({ directory, problems }, 'the state is damaged: restore a backup, or take another folder');
  return !isMendable;
}

/** Of a state that nobody else has open yet. */
async function mendIndices(opened: OpenTables, options: LmdbStateOptions): Promise<void> {
  if (await areWhole(opened, options)) return;
  const { directory, logger } = options;
  const { tables, write } = opened;
  const instances = await rebuildIndices(tables, write).catch((error: Error) => {
    if (error instanceof StoreError) throw new StateError(`${directory}: ${error.message}`, { cause: error });
    throw new StateError(
      `the state in ${directory} is damaged (${error.message}): restore a backup, or take another folder`,
    );
  });
  logger.warn({ directory, instances }, 'the indices of the state did not fit its instances, and were made anew');
}

async function partsOf(
  opened: OpenTables,
  contextTables: ContextTables,
  { directory, isShared, now }: LmdbStateOptions,
  closeAll: () => Promise<void>,
): Promise<LmdbParts> {
  const { tables, write, health } = opened;
  const claims = isShared ? await createWriterClaims(contextTables.environment, contextTables.claims) : undefined;
  const backend = openLmdbBackend({ tables, write, health, claims });
  const contexts = createLmdbContextStore(contextTables, now);
  let closing: Promise<void> | undefined;
  return {
    backend,
    contexts,
    notes: {
      get: async (name) => {
        tables.environment.resetReadTxn();
        return tables.notes.get(textKey(name));
      },
      put: (name, text) => write(() => void tables.notes.put(textKey(name), text)),
    },
    sharedCounts: isShared ? createLmdbSharedCounts(contextTables, { ...(now && { now }) }) : undefined,
    problem: health.problem,
    check: () => checkTables(tables),
    upkeep: createUpkeep(directory, opened),
    copyTo: (file) => tables.environment.backup(file, true),
    close: () => {
      closing ??= (async () => {
        await backend.close();
        await contexts.close();
        await closeAll();
      })();
      return closing;
    },
  };
}
