import type { SharedCounts } from '../../cim/contracts/shared-counts.js';
import type { SharedText } from '../../cim/contracts/shared-text.js';
import { accountsTable } from './accounts-table.js';
import type { Database } from './database.js';
import { openPostgresDatabase } from './open-postgres-database.js';
import { quotedName } from './quoted-name.js';
import { sharedCountsTable } from './shared-counts-table.js';
import { createSignInPulse } from './sign-in-pulse.js';

/** What endpoints on one database share for signing in. */
export interface SignInTables {
  readonly accounts: SharedText;
  readonly sharedCounts: SharedCounts;
  /** Stops looking at what others change; the database stays open. */
  close(): void;
}

export function signInTables(database: Database): SignInTables {
  const schema = quotedName(database.address.schema);
  const pulse = createSignInPulse(database, schema);
  return {
    accounts: accountsTable(database, schema, pulse),
    sharedCounts: sharedCountsTable(database, schema, pulse),
    close: pulse.close,
  };
}

/**
 * The accounts of a database alone, for a command. The tables are made when they are not there yet.
 *
 * @throws StateError
 */
export async function openPostgresAccounts(url: string): Promise<SharedText & { close(): Promise<void> }> {
  const database = await openPostgresDatabase(url);
  const tables = signInTables(database);
  return {
    ...tables.accounts,
    async close() {
      tables.close();
      await database.close();
    },
  };
}
