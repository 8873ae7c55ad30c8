import { clearedAfter, creations, type Replacement } from '../durable/replacement.js';
import { applyWrites } from './apply-writes.js';
import { IndexRegister } from './index-register.js';
import type { Lmdb } from './load-lmdb.js';
import { draftOf, publishNext } from './migrate-state.js';
import { planWrites } from './plan-writes.js';
import { rememberDocuments } from './remember-documents.js';
import { STATE_FORMAT } from './state-format.js';
import { readFormat, readPresent, writeFormat } from './store-facts.js';
import { FIRST_KEY, textKey } from './table-keys.js';
import { openTables, type Tables } from './tables.js';
import { createWriteTables, type WriteTables } from './write-tables.js';

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
  const begun = clearedAfter(readPresent(tables));
  const register = new IndexRegister('');
  const documents = rememberDocuments();
  await write(() => {
    writeFormat(next, readFormat(tables) ?? STATE_FORMAT);
    for (const { key, value } of tables.notes.getRange({ start: FIRST_KEY })) next.notes.put(key, value);
    for (const [name, text] of notes) next.notes.put(textKey(name), text);
    applyWrites(next, planWrites([begun], register, documents()), undefined, begun);
  });
  for await (const commit of creations(begun, batches)) {
    const planned = planWrites([commit], register, documents());
    await write(() => applyWrites(next, planned, undefined, commit));
  }
}
