import { existsSync, statSync } from 'node:fs';
import { arch, platform } from 'node:os';
import type { Environment, Lmdb, Table } from './load-lmdb.js';

/** The databases of a state. All keys are made in `table-keys.ts`. */
export interface Tables {
  readonly environment: Environment;
  /** `stored-row.ts` by sequence. */
  readonly rows: Table<string>;
  /** Sequence and version by path. */
  readonly paths: Table<Uint8Array>;
  /** Nothing, by what an instance is found, with its sequence: keys, class, references, indexed properties. */
  readonly entries: Table<Uint8Array>;
  /** Number of instances by class. */
  readonly counts: Table<Uint8Array>;
  /** The last commits, by version (`commit-log.ts`). */
  readonly log: Table<string>;
  /** Texts about the whole (`store-facts.ts`). */
  readonly facts: Table<string>;
  /** What others want to have noted, by name. */
  readonly notes: Table<string>;
}

/** Address space, not memory, nor disk: it is taken once, so that the map hardly ever has to move: it grows by itself, as long as the disk has room. */
const LEAST_MAP_BYTES = arch().endsWith('64') ? 2 ** 36 : 2 ** 29;
const MAX_TABLES = 16;
/** One wait for the disk a commit, and not two (`disk-waits.ts`). On Windows LMDB only writes through: there is nothing to wait for later. */
export const DEFERS_META = platform() !== 'win32';
/** A reader for each process, and for each walk over everything. */
const MAX_READERS = 512;

export interface TablesOptions {
  /** Of the data. The file of its lock stands beside it. */
  readonly file: string;
}

/** @throws LMDB's errors, and the file system's */
export function openTables({ open }: Lmdb, { file }: TablesOptions): Tables {
  const environment = open({
    path: file,
    noSubdir: true,
    maxDbs: MAX_TABLES,
    maxReaders: MAX_READERS,
    mapSize: mapBytes(file),
    encoding: 'string',
    keyEncoding: 'binary',
    permissionsMode: 0o600,
    overlappingSync: false,
    noMetaSync: DEFERS_META,
    eventTurnBatching: false,
  });
  const texts = (name: string) => environment.openDB({ name, encoding: 'string', keyEncoding: 'binary' });
  const bytes = (name: string) => environment.openDB({ name, encoding: 'binary', keyEncoding: 'binary' });
  return {
    environment,
    rows: texts('rows'),
    paths: bytes('paths'),
    entries: bytes('entries'),
    counts: bytes('counts'),
    log: texts('log'),
    facts: texts('facts'),
    notes: texts('notes'),
  };
}

/** Multiples of a page, whatever its size. */
function mapBytes(file: string): number {
  const now = existsSync(file) ? statSync(file).size : 0;
  return Math.max(LEAST_MAP_BYTES, 4 * Math.ceil(now / 2 ** 20) * 2 ** 20);
}
