import type { Database } from './database.js';

/** Rows in one statement. */
const STEP = 5000;
const KEPT_COMMITS = 1024;
const KEPT_BYTES = 16 * 1024 * 1024;

/** Deletes what was cleared, bit by bit. Several may do so at once. @param schema quoted */
export async function sweepCleared(database: Database, schema: string): Promise<void> {
  for (const table of ['instances', 'instance_references', 'property_values']) {
    const columns =
      table === 'instances'
        ? 'sequence'
        : table === 'property_values'
          ? 'index_id, key, sequence'
          : 'target, class, role, sequence';
    for (;;) {
      const rows = await database.query(
        `WITH gone AS (DELETE FROM ${schema}.${table} WHERE (${columns}) IN (
          SELECT ${columns} FROM ${schema}.${table} t WHERE t.sequence <= (SELECT cleared FROM ${schema}.state) ORDER BY t.sequence LIMIT ${STEP}
        ) RETURNING 1) SELECT count(*) FROM gone`,
      );
      if (Number(rows[0]?.[0]) < STEP) break;
    }
  }
}

/** Forgets old commits: the log keeps the last ones, of so many bytes at most, and always the last. @param schema quoted */
export async function pruneLog(database: Database, schema: string): Promise<void> {
  await database.query(
    `DELETE FROM ${schema}.commits c USING ${schema}.state s WHERE c.version < s.version
      AND (c.version <= s.version - ${KEPT_COMMITS} OR c.log_bytes <= s.log_bytes - ${KEPT_BYTES})`,
  );
}
