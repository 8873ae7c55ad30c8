import { StoreError } from '../../cim/contracts/store-error.js';

/** LMDB's own numbers (lmdb.h); all others are the system's. */
const MDB_MAP_FULL = -30792;
const MDB_TXN_FULL = -30788;
const MDB_READERS_FULL = -30790;
const NO_ROOM: ReadonlySet<number> = new Set([MDB_MAP_FULL, MDB_TXN_FULL, 28, 27, 122]);
const EIO = 5;
const MDB_PANIC = -30795;

/** What `lmdb` throws: a number of LMDB's or of the system, where there is one. */
interface LmdbError extends Error {
  readonly code?: number | string;
  /** Of a transaction that could not be committed: rejected with why. */
  readonly commitError?: Promise<never>;
}

/** The error behind the one that a transaction failed with. */
export async function causeOf(error: unknown): Promise<Error> {
  const { commitError } = error as LmdbError;
  if (commitError === undefined) return error as Error;
  return commitError.catch((cause: Error) => cause);
}

/** Whether the environment has to be opened again before it can be written: what is on the disk is whole. */
export function isBroken(error: Error): boolean {
  // Of a read the number is another one.
  return (error as LmdbError).code === MDB_PANIC || error.message.includes('MDB_PANIC');
}

/** Whether it was over before anything was waited for: there was no room, or the work has failed. */
export function isRefused(error: Error): boolean {
  const { code } = error as LmdbError;
  return typeof code !== 'number' || NO_ROOM.has(code);
}

/** Whether it may be the disk that broke, or one that had room for a part of what was to be written: the system says no more. */
export function isUnclear(error: Error): boolean {
  return (error as LmdbError).code === EIO;
}

/** What a client may be told: `full`, `failed`, or `unavailable` where too many read at once, with LMDB's words; what is a mistake of ours stays as it is. */
export function storeErrorOf(error: Error, hasRoom = true): Error {
  const { code } = error as LmdbError;
  if (error instanceof StoreError || typeof code !== 'number') return error;
  if (!hasRoom || isFull(error, code))
    return new StoreError('full', `the state has no room: ${error.message}`, { cause: error });
  if (code === MDB_READERS_FULL)
    return new StoreError('unavailable', `the state has too many readers: ${error.message}`, { cause: error });
  return new StoreError('failed', `the state cannot be written: ${error.message}`, { cause: error });
}

/** Of a wait for the disk: LMDB gives the system's words alone, and Node has the system's number, and no words for some. */
export function syncError(error: NodeJS.ErrnoException): StoreError {
  const kind = isFull(error, Math.abs(error.errno ?? 0)) ? 'full' : 'failed';
  return new StoreError(kind, `the state cannot be written to the disk: ${error.message}`, { cause: error });
}

function isFull({ message }: Error, code?: number): boolean {
  return (code !== undefined && NO_ROOM.has(code)) || /no space left|quota exceeded|file too large/i.test(message);
}
