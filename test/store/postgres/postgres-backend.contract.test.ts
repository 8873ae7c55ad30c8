import { afterAll, beforeAll, describe, vi } from 'vitest';
import type { Backend } from '../../../src/store/durable/backend.js';
import { createDurableStore } from '../../../src/store/durable/durable-store.js';
import type { Database } from '../../../src/store/postgres/database.js';
import { openPostgresDatabase } from '../../../src/store/postgres/open-postgres-database.js';
import { createPostgresBackend } from '../../../src/store/postgres/postgres-backend.js';
import { quotedName } from '../../../src/store/postgres/quoted-name.js';
import { fewRounds } from '../contract/rounds.js';
import { describeInstanceStore } from '../contract.js';
import { sharedPostgres } from './shared-postgres.js';

// Of the tests with random steps each step is a way to a database and back, or several.
vi.setConfig({ testTimeout: 120_000 });
const postgres = await sharedPostgres();

describe.skipIf(!postgres)('PostgreSQL', () => {
  let database: Database;
  let backend: Backend;
  beforeAll(async () => {
    database = await openPostgresDatabase(postgres?.url() ?? '');
    backend = await createPostgresBackend(database);
  });
  afterAll(async () => {
    await backend?.close();
    await database?.close();
  });

  describeInstanceStore(
    'the instance store in PostgreSQL',
    async () => {
      // As new tables would be, without making any.
      const schema = quotedName(database.address.schema);
      const tables = [
        'instances',
        'class_counts',
        'instance_references',
        'property_indices',
        'property_values',
        'commits',
      ];
      await database.query(
        `${tables.map((table) => `DELETE FROM ${schema}.${table}`).join('; ')};
      UPDATE ${schema}.state SET version = 0, sequence = 0, cleared = 0, log_bytes = 0, register = register + 1, claim = NULL`,
      );
      return createDurableStore({ ...backend, close: async () => undefined });
    },
    fewRounds,
    // What is not at hand is read over another connection than that of whoever writes.
    { scansAtCall: false },
  );
});
