import { setTimeout as delay } from 'node:timers/promises';
import { sharedBook } from '../auth/accounts/shared-book.js';
import { openUserStore, type UserStore } from '../auth/accounts/user-store.js';

/** Every endpoint that reaches the database has looked at it by then. */
const TAKEN_OVER_MS = 1_000;

/**
 * Does some work with the accounts of a database.
 *
 * @param changes what the work takes away holds at every endpoint when this resolves
 * @throws StateError when the database cannot be opened; AccountBookError
 */
export async function withSharedAccounts(
  url: string,
  { ntHashes, changes }: { readonly ntHashes: boolean; readonly changes: boolean },
  work: (store: UserStore) => Promise<void>,
): Promise<void> {
  // Loaded only where there is one.
  const { openPostgresAccounts } = await import('../store/postgres/sign-in-tables.js');
  const accounts = await openPostgresAccounts(url);
  try {
    await work(await openUserStore({ book: sharedBook(accounts), ntHashes }));
    if (changes) await delay(TAKEN_OVER_MS);
  } finally {
    await accounts.close();
  }
}
