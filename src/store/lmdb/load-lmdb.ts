import { StateError } from '../../cim/contracts/state-error.js';

/** Bytes in order: what LMDB sorts by. */
export type Key = Uint8Array;

/** One point in time of an environment, held open. */
export interface HeldSnapshot {
  done(): void;
}

export interface KeyRange {
  readonly start: Key;
  /** Without it. */
  readonly end?: Key;
  readonly limit?: number;
  readonly transaction?: HeldSnapshot;
}

/** What is used here of a database of `lmdb`. Within a transaction, reads see its writes. */
export interface Table<V extends string | Uint8Array> {
  get(key: Key, options?: { readonly transaction?: HeldSnapshot }): V | undefined;
  getBinary(key: Key): Buffer | undefined;
  doesExist(key: Key): boolean;
  /** @param value of a text its UTF-8 does, too */
  put(key: Key, value: V | Uint8Array): unknown;
  remove(key: Key): unknown;
  /** Removes all entries; of a transaction at once. */
  clearAsync(): unknown;
  getKeys(range: KeyRange): Iterable<Buffer>;
  getRange(range: KeyRange): Iterable<{ readonly key: Buffer; readonly value: V }>;
  /** Takes a look at all that is free in the file. */
  getStats(): { readonly entryCount: number };
}

/** What is used here of an environment: a file with several databases. */
export interface Environment extends Table<string> {
  openDB(options: {
    readonly name: string;
    readonly encoding: 'string';
    readonly keyEncoding: 'binary';
  }): Table<string>;
  openDB(options: {
    readonly name: string;
    readonly encoding: 'binary';
    readonly keyEncoding: 'binary';
  }): Table<Uint8Array>;
  /**
   * Runs the action while nobody else writes; undone when it throws. Resolves once it is committed: on the disk, but with `noMetaSync` only
   * once the next commit that writes something, or `sync`, has ended.
   */
  childTransaction<T>(action: () => T): Promise<T>;
  /** The same at once, holding up this process. */
  transactionSync<T>(action: () => T, flags: number): T;
  /** Waits until all that is committed is on the disk. */
  sync(done: (error?: Error) => void): void;
  /** What is read next is of now. */
  resetReadTxn(): void;
  useReadTransaction(): HeldSnapshot;
  /** @param isCompact leave out what is unused */
  backup(file: string, isCompact: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface EnvironmentOptions {
  readonly path: string;
  readonly noSubdir: true;
  readonly maxDbs: number;
  readonly maxReaders: number;
  readonly mapSize: number;
  readonly encoding: 'string';
  readonly keyEncoding: 'binary';
  readonly permissionsMode: number;
  /** What a commit has written is on the disk before anything says that it is there. */
  readonly overlappingSync: false;
  /** With batches, LMDB makes a promise of its own for each, and when it cannot be kept nobody handles that. */
  readonly eventTurnBatching: false;
  readonly noSync?: boolean;
  /** Of a commit, the page that says that it is there is written, and not waited for. */
  readonly noMetaSync?: boolean;
  readonly readOnly?: boolean;
}

export interface Lmdb {
  open(options: EnvironmentOptions): Environment;
}

/**
 * Loads LMDB, which nobody needs who keeps no state on this machine's disk.
 *
 * @throws StateError when there is no binary for this platform: they are optional dependencies
 */
export async function loadLmdb(): Promise<Lmdb> {
  try {
    return (await import('lmdb')) as unknown as Lmdb;
  } catch (error) {
    const name = `@lmdb/lmdb-${process.platform}-${process.arch}`;
    throw new StateError(
      `the optional dependency ${name} is not installed, or does not load: no state can be kept in a folder here; start with --state none`,
      { cause: error },
    );
  }
}
