import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { causeOf, isBroken, isUnclear, storeErrorOf } from './lmdb-error.js';
import type { Tables } from './tables.js';

/**
 * Runs an action in a transaction: nobody else writes meanwhile, and when it throws nothing was written. Resolves when
 * what it wrote is on the disk.
 *
 * @throws StoreError full, unavailable
 */
export type WriteTables = <T>(action: () => T) => Promise<T>;

/** Whether the state can be written, as far as the last attempt told. */
export interface WriteHealth {
  problem(): string | undefined;
  /** While the environment is opened again nothing can be read: resolves when it is. */
  reopening(): Promise<void> | undefined;
}

/** A commit writes some pages at least. */
const LEAST_ROOM_BYTES = 256 * 1024;

async function hasRoom(file: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dirname(file));
  return bavail * bsize >= LEAST_ROOM_BYTES;
}

/**
 * @param file that of the tables
 * @param reopen opens it again
 */
export function createWriteTables(
  tables: Tables,
  file: string,
  reopen?: () => Tables,
): { readonly write: WriteTables; readonly health: WriteHealth } {
  let problem: string | undefined;
  let reopening: Promise<void> | undefined;

  /** LMDB writes no more once it could not say on the disk what had been committed. */
  async function openAgain(open: () => Tables): Promise<void> {
    await tables.environment.close();
    Object.assign(tables, open());
  }

  async function write<T>(action: () => T): Promise<T> {
    await reopening;
    try {
      const result = await tables.environment.childTransaction(action);
      problem = undefined;
      return result;
    } catch (thrown) {
      const cause = await causeOf(thrown);
      const error = storeErrorOf(cause, !isUnclear(cause) || (await hasRoom(file).catch(() => true)));
      if (error.name === 'StoreError') problem = error.message;
      if (isBroken(cause) && reopen) {
        reopening ??= openAgain(reopen).then(
          () => {
            reopening = undefined;
          },
          () => {
            // Tried again with the next write.
            reopening = undefined;
          },
        );
        await reopening;
      }
      throw error;
    }
  }
  return { write, health: { problem: () => problem, reopening: () => reopening } };
}
