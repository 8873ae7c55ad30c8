import { randomUUID } from 'node:crypto';
import { StoreError } from '../../cim/contracts/store-error.js';
import type { StoredCommit } from '../durable/backend.js';
import { clearedAfter, creations, type Replacement } from '../durable/replacement.js';
import { type AppendRows, appendRows } from './append-rows.js';
import type { Database, Session } from './database.js';
import { troubleOf } from './database-trouble.js';
import { exclusiveClaims } from './exclusive-claim.js';
import { putNote } from './postgres-notes.js';
import { NO_PROPERTIES } from './property-register.js';

/** Tables that a batch is added to, with the types of their columns; all rows of a table are one statement. */
const TABLES: readonly (readonly [name: string, types: readonly string[], rows: keyof AppendRows, more: string])[] = [
  ['instances', ['bigint', 'bigint', 'text', 'text', 'bytea', 'bytea', 'text'], 'created', ''],
  ['instance_references', ['bytea', 'text', 'text', 'bigint'], 'moreReferences', ''],
  [
    'class_counts',
    ['text', 'text', 'bigint'],
    'counts',
    'ON CONFLICT (namespace, class) DO UPDATE SET instances = class_counts.instances + excluded.instances',
  ],
];

/**
 * Puts other instances in the place of all, batch by batch, in one transaction: whoever reads meanwhile sees those of before, and whoever wants to
 * commit waits. For whoever reads afterwards everything was cleared, and put in one commit.
 *
 * @param schema quoted
 * @throws StoreError unavailable when the connection was lost, full: nothing was done then
 */
export async function replaceAll(database: Database, schema: string, replacement: Replacement): Promise<void> {
  const claim = await exclusiveClaims(database, schema).claim();
  const id = randomUUID();
  try {
    await replaceHeld(database, schema, id, replacement);
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    // Perhaps it was done, and only the answer is lost.
    const done = await database.query({ text: `SELECT 1 FROM ${schema}.commits WHERE id = $1::text`, values: [id] });
    if (done.length > 0) return;
    throw new StoreError(trouble === 'full' ? 'full' : 'unavailable', 'nothing was changed', { cause: error });
  } finally {
    await claim.release();
  }
}

/** What fails takes the connection with it, and so everything back. */
async function replaceHeld(database: Database, schema: string, id: string, replacement: Replacement): Promise<void> {
  const held = await database.hold();
  let isWhole = false;
  try {
    await replaceWith(held.session, schema, id, replacement);
    isWhole = true;
  } finally {
    held.release(!isWhole);
  }
}

async function replaceWith(session: Session, schema: string, id: string, { batches, notes }: Replacement) {
  await session.query(`BEGIN; DELETE FROM ${schema}.class_counts`);
  // Nobody else commits: it stays so until the end.
  const [row = []] = await session.query(`SELECT version, sequence FROM ${schema}.state`);
  const [was = 0, greatest = 0] = row.map(Number);
  const begun = clearedAfter({ version: was, sequence: greatest, cleared: 0 });
  let { present } = begun;
  for await (const commit of creations(begun, batches)) {
    await addBatch(session, schema, commit);
    present = commit.present;
  }
  for (const [name, text] of notes) await putNote(session, schema, name, text);
  const { version, sequence, cleared } = present;
  await session.query({
    text: `INSERT INTO ${schema}.commits SELECT $1::bigint, $2::text, NULL, $3::bigint, $4::bigint, log_bytes, NULL FROM ${schema}.state`,
    values: [version, id, sequence, cleared],
  });
  await session.query({
    text: `UPDATE ${schema}.state SET version = $1::bigint, sequence = $2::bigint, cleared = $3::bigint, register = register + 1`,
    values: [version, sequence, cleared],
  });
  // Indices of properties are filled when somebody looks for such a value again.
  await session.query(`UPDATE ${schema}.property_indices SET ready = false, built = ${cleared}; COMMIT`);
}

async function addBatch(session: Session, schema: string, commit: StoredCommit): Promise<void> {
  const rows = appendRows([commit], NO_PROPERTIES);
  for (const [table, types, name, more] of TABLES) {
    const added = rows[name] as readonly (readonly unknown[])[];
    const columns = types.map((type, column) => `$${column + 1}::${type}[]`);
    await session.query({
      name: `replace ${table}`,
      text: `INSERT INTO ${schema}.${table} SELECT * FROM unnest(${columns.join(', ')}) ${more}`,
      values: types.map((_, column) => added.map((row) => row[column])),
    });
  }
}
