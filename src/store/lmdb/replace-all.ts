import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { Present, StoredChange, StoredCommit } from '../durable/backend.js';
import { applyWrites } from './apply-writes.js';
import { writeLogged } from './commit-log.js';
import { IndexRegister } from './index-register.js';
import type { Lmdb } from './load-lmdb.js';
import { draftOf, publishNext } from './migrate-state.js';
import { planWrites } from './plan-writes.js';
import { rememberDocuments } from './remember-documents.js';
import { readFormat, readPresent, writeFormat } from './store-facts.js';
import { FIRST_KEY, textKey } from './table-keys.js';
import { openTables, type Tables } from './tables.js';
import { createWriteTables, type WriteTables } from './write-tables.js';

/** What a state is to have in it. */
export interface Replacement {
  readonly batches: AsyncIterable<readonly CimInstance[]>;
  /** Besides those that it has already. */
  readonly notes: ReadonlyMap<string, string>;
}

/**
 * Writes a state with other instances beside the one that is open, batch by batch; `finishSwap` puts it in its place. For whoever reads it
 * afterwards everything was cleared, and put in one commit.
 */
export async function writeReplacement(
  lmdb: Lmdb,
  directory: string,
  tables: Tables,
  replacement: Replacement,
): Promise<void> {
  const draft = await draftOf(directory);
  const next = openTables(lmdb, { file: draft });
  const { write } = createWriteTables(next, draft);
  try {
    await fill(tables, next, write, replacement);
    await next.environment.close();
  } catch (error) {
    await next.environment.close();
    await draftOf(directory);
    throw error;
  }
  await publishNext(directory);
}

async function fill(tables: Tables, next: Tables, write: WriteTables, { batches, notes }: Replacement): Promise<void> {
  const was = readPresent(tables);
  const version = was.version + 1;
  // To clear takes a sequence for itself.
  const cleared = was.sequence + 1;
  const begun = commitOf({ version, sequence: cleared, cleared }, [], true);
  const register = new IndexRegister('');
  let sequence = cleared;
  await write(() => {
    writeFormat(next, readFormat(tables) ?? 1);
    for (const { key, value } of tables.notes.getRange({ start: FIRST_KEY })) next.notes.put(key, value);
    for (const [name, text] of notes) next.notes.put(textKey(name), text);
    applyWrites(next, planWrites([begun], register), [writeLogged(begun, rememberDocuments())], begun);
  });
  for await (const batch of batches) {
    const changes = batch.map((after) => {
      sequence += 1;
      return creation(sequence, after);
    });
    const commit = commitOf({ version, sequence, cleared }, changes, false);
    const planned = planWrites([commit], register);
    await write(() => applyWrites(next, planned, [], commit));
  }
}

function commitOf(present: Present, changes: readonly StoredChange[], isCleared: boolean): StoredCommit {
  return { version: present.version, id: 'replaced', origin: undefined, isCleared, changes, present };
}

function creation(sequence: number, after: CimInstance): StoredChange {
  if (!after.path) throw new TypeError('an instance without a path');
  return { path: after.path, sequence, before: undefined, after };
}
