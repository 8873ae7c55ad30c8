import { CimError } from '../cim-error.js';
import { ProviderError } from '../provider-error.js';

/**
 * Runs a piece of a provider, which may throw whatever it likes, and at once, too: it need not be asynchronous.
 *
 * @param what names the piece, for the log
 * @throws CimError as the provider threw it; ProviderError in the place of anything else
 */
export async function callProvider<T>(what: string, piece: () => T | Promise<T>): Promise<T> {
  try {
    return await piece();
  } catch (error) {
    if (error instanceof CimError) throw error;
    throw new ProviderError('failure', `the provider of ${what} failed`, { cause: error });
  }
}
