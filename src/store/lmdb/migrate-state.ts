import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lmdb } from './load-lmdb.js';
import { type Migration, migrateTables } from './state-format.js';
import { openTables, type Tables } from './tables.js';
import { createWriteTables } from './write-tables.js';

/** The data of a state, in its folder. */
export const DATA_FILE = 'store.mdb';
/** Being written. */
const DRAFT = 'store.draft.mdb';
/** Whole, and about to take the place of the data. */
const NEXT = 'store.next.mdb';
/** What the data was in its former format. */
const FORMER = 'store.former.mdb';

/**
 * Writes a state in the current format beside the one that is open; {@link finishSwap} puts it in its place. Whatever interrupts this,
 * the state is there in one format or the other.
 */
export async function writeNext(
  lmdb: Lmdb,
  directory: string,
  tables: Tables,
  migrations: readonly Migration[],
  format: number,
): Promise<void> {
  const draft = await draftOf(directory);
  await tables.environment.backup(draft, true);
  const next = openTables(lmdb, { file: draft });
  try {
    await migrateTables(next, createWriteTables(next, draft).write, migrations, format);
  } finally {
    await next.environment.close();
  }
  await publishNext(directory);
}

/** Where what is to take the place of the data is written; nothing is there. */
export async function draftOf(directory: string): Promise<string> {
  const draft = join(directory, DRAFT);
  await removeData(draft);
  return draft;
}

/** The draft is whole: from now on it is what {@link finishSwap} puts in place. */
export async function publishNext(directory: string): Promise<void> {
  const draft = join(directory, DRAFT);
  await rm(`${draft}-lock`, { force: true });
  await sync(draft);
  await rename(draft, join(directory, NEXT));
  await syncFolder(directory);
}

/** Ends a swap that was interrupted, or just prepared. Nobody has the state open. */
export async function finishSwap(directory: string): Promise<void> {
  await removeData(join(directory, DRAFT));
  const next = join(directory, NEXT);
  if (!existsSync(next)) return;
  const data = join(directory, DATA_FILE);
  if (existsSync(data)) await rename(data, join(directory, FORMER));
  await rm(`${data}-lock`, { force: true });
  await rename(next, data);
  await syncFolder(directory);
}

/** Removes what the state was before it was migrated. */
export async function removeFormer(directory: string): Promise<void> {
  await removeData(join(directory, FORMER));
}

async function removeData(file: string): Promise<void> {
  for (const name of [file, `${file}-lock`]) await rm(name, { force: true });
}

/** Sees to it that a file, or the names in a folder, are on the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Windows has no such thing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
