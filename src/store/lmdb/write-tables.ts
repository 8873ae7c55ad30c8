import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Pace } from './disk-pace.js';
import { DiskWaits } from './disk-waits.js';
import { causeOf, isBroken, isRefused, isUnclear, storeErrorOf, syncError } from './lmdb-error.js';
import { readPresent, writeTouched } from './store-facts.js';
import { DEFERS_META, type Tables } from './tables.js';

/** What is known of an action that writes, so that several can share a wait for the disk. */
export interface Following<T> {
  /** By what it has returned. */
  hasWritten(result: T): boolean;
  /** Called when it is committed, and only waits for the disk: another write that begins within it saves a wait. */
  readonly next?: (() => void) | undefined;
}

/**
 * Runs an action in a transaction: nobody else writes meanwhile, and when it throws nothing was written. Resolves when
 * what it wrote is on the disk.
 *
 * @throws StoreError full, failed
 */
export type WriteTables = <T>(action: () => T, following?: Following<T>) => Promise<T>;

/** Whether the state can be written, as far as the last attempt told. */
export interface WriteHealth {
  problem(): string | undefined;
  /** While the environment is opened again nothing can be read: resolves when it is. */
  reopening(): Promise<void> | undefined;
  /** After an error: opens the environment again, if it wants to be. */
  mend(error: Error): Promise<void>;
  /** Resolves when all that can be read, and is not being written, is on the disk, also after something has failed. @throws StoreError failed, full */
  certain(): Promise<void>;
  /** Resolves when nobody waits for the disk. */
  idle(): Promise<void>;
}

/** A commit writes some pages at least. */
const LEAST_ROOM_BYTES = 256 * 1024;

async function hasRoom(file: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(dirname(file));
  return bavail * bsize >= LEAST_ROOM_BYTES;
}

export interface WriteOptions {
  /** Opens the tables again. */
  readonly reopen?: (() => Tables) | undefined;
  /** Says when this thread waits for the disk, once something is committed; undefined: never, since what others write would be waited for, too. */
  readonly pace?: Pace | undefined;
}

/** @param file that of the tables */
export function createWriteTables(
  tables: Tables,
  file: string,
  { reopen, pace }: WriteOptions = {},
): { readonly write: WriteTables; readonly health: WriteHealth } {
  let problem: string | undefined;
  let reopening: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const waits = new DiskWaits({
    sync: async () => {
      const descriptor = pace?.isHere ? openOwn() : undefined;
      if (pace === undefined || descriptor === undefined) await syncElsewhere();
      else pace.here(() => syncHere(descriptor));
    },
    // It needs hardly any room: that it is written says nothing of a disk that is full.
    commitAnything: () => attempt(() => writeTouched(tables), { hasWritten: () => true }),
  });

  /** Undefined when it cannot be opened, since too many files are, or it was moved: LMDB has it open. */
  function openOwn(): number | undefined {
    try {
      return openSync(file, 'r+');
    } catch {
      return undefined;
    }
  }

  function syncHere(descriptor: number): void {
    try {
      fdatasyncSync(descriptor);
    } catch (error) {
      throw syncError(error as Error);
    } finally {
      closeSync(descriptor);
    }
  }

  function syncElsewhere(): Promise<void> {
    return new Promise((resolve, reject) => {
      tables.environment.sync((error) => (error ? reject(syncError(error)) : resolve()));
    });
  }

  /** LMDB writes no more once it could not say on the disk what had been committed. */
  async function openAgain(open: () => Tables): Promise<void> {
    await waits.idle();
    await tables.environment.close();
    Object.assign(tables, open());
  }

  /** Whether nothing can be read, nor written, any more: the commit after which it is so fails with the system's error. */
  function isUnreadable(): boolean {
    try {
      tables.environment.resetReadTxn();
      readPresent(tables);
      return false;
    } catch (error) {
      return isBroken(error as Error);
    }
  }

  /** What fails is told when it is tried again, with the next write. */
  async function mendBroken(cause: Error): Promise<void> {
    if (!reopen || !(isBroken(cause) || (isUnclear(cause) && isUnreadable()))) return;
    const done = () => {
      reopening = undefined;
    };
    reopening ??= openAgain(reopen).then(done, done);
    await reopening;
  }

  /** What LMDB is asked to commit when it wants to be opened again it never answers: so each begins when the one before has ended. */
  async function transact<T>(action: () => T): Promise<T> {
    try {
      const committed = () => tables.environment.childTransaction(action);
      return await (pace === undefined ? committed() : pace.elsewhere(committed));
    } catch (thrown) {
      const cause = await causeOf(thrown);
      await mendBroken(cause);
      throw cause;
    }
  }

  async function commit<T>(action: () => T, following: Following<T> | undefined): Promise<T> {
    const begun = DEFERS_META ? waits.begin() : undefined;
    const transacted = last.then(() => transact(action));
    last = transacted.catch(() => undefined);
    const result = await transacted.catch((cause: Error) => {
      begun?.failed(cause, isRefused(cause));
      throw cause;
    });
    if (following === undefined) await begun?.ended();
    else if (following.hasWritten(result)) await begun?.committed(following.next);
    else begun?.nothing();
    return result;
  }

  async function attempt<T>(action: () => T, following?: Following<T>): Promise<T> {
    if (reopening !== undefined) await reopening;
    try {
      return await commit(action, following);
    } catch (thrown) {
      const cause = thrown as Error;
      const error = storeErrorOf(cause, !isUnclear(cause) || (await hasRoom(file).catch(() => true)));
      if (error.name === 'StoreError') problem = error.message;
      throw error;
    }
  }

  async function write<T>(action: () => T, following?: Following<T>): Promise<T> {
    const result = await attempt(action, following);
    problem = undefined;
    return result;
  }
  return {
    write,
    health: {
      problem: () => problem,
      reopening: () => reopening,
      mend: mendBroken,
      certain: () => waits.certain(),
      idle: () => waits.idle(),
    },
  };
}
