import { ProviderError } from '../contracts/provider-error.js';
import { StoreError } from '../contracts/store-error.js';
import { CimError } from '../model/cim-error.js';

/**
 * Runs a piece of a provider, which may throw whatever it likes, and at once, too: it need not be asynchronous.
 *
 * @param what names the piece, for the log
 * @throws CimError as the provider threw it; StoreError as the store did; ProviderError in the place of anything else
 */
export async function callProvider<T>(what: string, piece: () => T | Promise<T>): Promise<T> {
  try {
    return await piece();
  } catch (error) {
    // What the store could not do is no failure of the provider that asked it.
    if (error instanceof CimError || error instanceof StoreError) throw error;
    throw new ProviderError('failure', `the provider of ${what} failed`, { cause: error });
  }
}
