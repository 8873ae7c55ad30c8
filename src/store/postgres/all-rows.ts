import type { Row as InstanceRow } from '../durable/backend.js';
import type { Database } from './database.js';

const BATCH = 500;

/** Every instance of one moment, by a cursor: the memory that it takes is that of a batch. @param schema quoted */
export async function* allRows(database: Database, schema: string): AsyncIterable<readonly InstanceRow[]> {
  const held = await database.hold('walk');
  let isWhole = false;
  try {
    await held.session.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; DECLARE every CURSOR FOR SELECT i.sequence, i.version, i.document
        FROM ${schema}.state s, ${schema}.instances i WHERE i.sequence > s.cleared ORDER BY i.sequence`,
    );
    for (;;) {
      const rows = await held.session.query(`FETCH ${BATCH} FROM every`);
      if (rows.length > 0) {
        yield rows.map(([sequence, version, document]) => ({
          sequence: Number(sequence),
          version: Number(version),
          document: document ?? '',
        }));
      }
      if (rows.length < BATCH) break;
    }
    await held.session.query('COMMIT');
    isWhole = true;
  } finally {
    held.release(!isWhole);
  }
}
