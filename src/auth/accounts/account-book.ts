import type { StoredUser } from './stored-user.js';

/** The accounts cannot be read or changed where they lie. `expected`: the message is for the operator and says all there is to say. */
export class AccountBookError extends Error {
  override readonly name: string = 'AccountBookError';
  readonly expected = true;
}

/** Where accounts are kept: a file of the data directory, or a database that several endpoints share. */
export interface AccountBook {
  /** @throws AccountBookError when they cannot be read, or are none */
  read(): Promise<readonly StoredUser[]>;
  /**
   * Changes the accounts, all of the change or nothing: what others have written since is not lost, and nobody ever sees half of it.
   *
   * @param edit gives the accounts to write, and may be asked again when somebody else was faster; may throw to leave them as they are
   * @returns what has been written
   * @throws AccountBookError; whatever `edit` throws
   */
  change(edit: (users: readonly StoredUser[]) => readonly StoredUser[]): Promise<readonly StoredUser[]>;
  /**
   * Calls `reload` when the accounts have changed, by whomever, at most half a second later while they can be reached.
   *
   * @param reload rejects with AccountBookError when they cannot be read
   * @param onProblem is told of that
   */
  watch(reload: () => Promise<void>, onProblem: (problem: string) => void): { close(): void };
}

/** What a watcher does when something has changed: it reads, and tells when it cannot. */
export async function takeOver(reload: () => Promise<void>, onProblem: (problem: string) => void): Promise<void> {
  try {
    await reload();
  } catch (error) {
    if (!(error instanceof AccountBookError)) throw error;
    onProblem(`${error.message}; the accounts stay as they were`);
  }
}
