import type { Environment, Lmdb, Table } from './load-lmdb.js';

/** The databases of what clients have begun. They share an environment with nothing that has to be on the disk. */
export interface ContextTables {
  readonly environment: Environment;
  readonly contexts: Table<string>;
  readonly parts: Table<string>;
  /** Identifiers, by the second in which they end. */
  readonly ends: Table<string>;
  /** How many there are and what they take, by kind and owner. */
  readonly sums: Table<string>;
  /** Wrong passwords, by digest (`lmdb-shared-counts.ts`). */
  readonly counts: Table<string>;
  /** Who keeps others from writing the state. */
  readonly claims: Table<string>;
}

const MAP_BYTES = 2 ** 34;
const SMALL_MAP_BYTES = 2 ** 28;
const MAX_READERS = 512;

/** @throws LMDB's errors, and the file system's */
export function openContextTables({ open }: Lmdb, file: string): ContextTables {
  const environment = open({
    path: file,
    noSubdir: true,
    maxDbs: 8,
    maxReaders: MAX_READERS,
    mapSize: process.arch.endsWith('64') ? MAP_BYTES : SMALL_MAP_BYTES,
    encoding: 'string',
    keyEncoding: 'binary',
    permissionsMode: 0o600,
    overlappingSync: false,
    eventTurnBatching: false,
    noSync: true,
  });
  const texts = (name: string) => environment.openDB({ name, encoding: 'string', keyEncoding: 'binary' });
  return {
    environment,
    contexts: texts('contexts'),
    parts: texts('parts'),
    ends: texts('ends'),
    sums: texts('sums'),
    counts: texts('counts'),
    claims: texts('claims'),
  };
}
