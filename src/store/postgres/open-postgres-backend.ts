import type { Backend } from '../durable/backend.js';
import type { DatabaseOptions } from './database.js';
import { openPostgresDatabase } from './open-postgres-database.js';
import { createPostgresBackend } from './postgres-backend.js';

/** A backend with a database of its own, which it closes. @throws StateError */
export async function openPostgresBackend(url: string, options: DatabaseOptions = {}): Promise<Backend> {
  const database = await openPostgresDatabase(url, options);
  const backend = await createPostgresBackend(database);
  return {
    ...backend,
    async close() {
      await backend.close();
      await database.close();
    },
  };
}
