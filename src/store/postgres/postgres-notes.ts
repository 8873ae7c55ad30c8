import type { StateNotes } from '../../cim/contracts/state.js';
import type { Database, Session } from './database.js';
import { quotedName } from './quoted-name.js';
import { fromStorable, toStorable } from './storable-text.js';

/** Notes in a database. */
export function createPostgresNotes(database: Database): StateNotes {
  const schema = quotedName(database.address.schema);
  return {
    async get(name) {
      const values = [toStorable(name)];
      const [row] = await database.query({ text: `SELECT content FROM ${schema}.notes WHERE name = $1`, values });
      return row && fromStorable(row[0] ?? '');
    },
    async put(name, text) {
      await putNote(database, schema, name, text);
    },
  };
}

/** @param schema quoted */
export async function putNote(
  database: Pick<Session, 'query'>,
  schema: string,
  name: string,
  text: string,
): Promise<void> {
  await database.query({
    text: `INSERT INTO ${schema}.notes VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content`,
    values: [toStorable(name), toStorable(text)],
  });
}
