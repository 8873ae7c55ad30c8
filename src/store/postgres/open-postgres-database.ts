import { StateError } from '../../cim/contracts/state-error.js';
import { StoreError } from '../../cim/contracts/store-error.js';
import { type Database, type DatabaseOptions, openDatabase } from './database.js';
import { databaseAddress } from './database-address.js';
import { prepareSchema } from './prepare-schema.js';

/**
 * Connects, and makes or migrates the tables. A database that is just starting is waited for, within the bound.
 *
 * @throws StateError: one line for the operator, without the password
 */
export async function openPostgresDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const address = databaseAddress(url);
  const database = await openDatabase(address, options);
  try {
    await prepareSchema(database);
  } catch (error) {
    await database.close();
    if (!(error instanceof StoreError)) throw error;
    throw new StateError(`the state in ${address.place} cannot be opened: ${database.problem() ?? error.message}`, {
      cause: error,
    });
  }
  return database;
}
