import type { State } from '../../cim/contracts/state.js';
import { createDurableStore } from '../durable/durable-store.js';
import type { DatabaseOptions } from './database.js';
import { openPostgresDatabase } from './open-postgres-database.js';
import { createPostgresBackend } from './postgres-backend.js';
import { createPostgresContextStore } from './postgres-context-store.js';
import { createPostgresNotes } from './postgres-notes.js';
import { createPostgresUpkeep } from './postgres-upkeep.js';
import { signInTables } from './sign-in-tables.js';

/** How a state in a database is opened. */
export interface PostgresStateOptions extends DatabaseOptions {
  /** `postgres://user@host:port,host:port/database?schema=…&sslmode=…` (docs/state-postgres.md). */
  readonly url: string;
  /** Told when the database is lost, and when it is there again. */
  readonly logger?: { warn(facts: object, message: string): void; info(facts: object, message: string): void };
}

const LOOK_MS = 1000;

/**
 * Opens a state that lies in a database that speaks PostgreSQL's protocol, and that other endpoints may have at the same time. The tables
 * are made where there are none.
 *
 * @throws StateError: one line, without the password
 */
export async function openPostgresState({ url, logger, ...options }: PostgresStateOptions): Promise<State> {
  const database = await openPostgresDatabase(url, options);
  const { place } = database.address;
  const store = createDurableStore(await createPostgresBackend(database));
  const contexts = createPostgresContextStore(database);
  const signIn = signInTables(database);
  let told: string | undefined;
  const looking = setInterval(() => {
    const problem = database.problem();
    if (problem !== undefined && told === undefined)
      logger?.warn({ place, problem }, 'the database of the state has a problem');
    if (problem === undefined && told !== undefined)
      logger?.info({ place }, 'the database of the state is there again');
    told = problem;
  }, LOOK_MS);
  looking.unref();
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    clearInterval(looking);
    signIn.close();
    await contexts.close();
    await store.close();
    await database.close();
  }

  return {
    kind: 'postgres',
    place,
    isShared: true,
    store,
    contexts,
    notes: createPostgresNotes(database),
    sharedCounts: signIn.sharedCounts,
    accounts: signIn.accounts,
    upkeep: createPostgresUpkeep(database),
    problem: () => database.problem(),
    close() {
      closing ??= close();
      return closing;
    },
  };
}
