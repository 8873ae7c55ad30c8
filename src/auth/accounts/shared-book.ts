import type { SharedText } from '../../cim/contracts/shared-text.js';
import { type AccountBook, AccountBookError, takeOver } from './account-book.js';
import { readUsers, type StoredUser, writeUsers } from './stored-user.js';

/** Others who change accounts at the same time are people at their terminals: so many of them, one after the other, there are not. */
const MOST_TRIES = 20;

/** The accounts of a database, in which they lie as in a file: the same text, with the same hashes. */
export function sharedBook(shared: SharedText): AccountBook {
  const { place } = shared;

  function usersOf(text: string | undefined): readonly StoredUser[] {
    const users = text === undefined ? [] : readUsers(text);
    if (users === undefined) throw new AccountBookError(`what ${place} keeps are no accounts that this version reads`);
    return users;
  }

  async function reaching<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new AccountBookError(`cannot ${what} the accounts in ${place}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  return {
    read: async () => usersOf((await reaching('read', () => shared.read())).text),

    async change(edit) {
      let tried: string | undefined;
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const { version, text } = await reaching('read', () => shared.read());
        // It was put, and the answer was lost on the way: each password has a salt of its own, so nobody else wrote the same.
        if (text !== undefined && text === tried) return usersOf(text);
        const users = edit(usersOf(text));
        const next = writeUsers(users);
        if (next === (text ?? writeUsers([]))) return users;
        if (await reaching('change', () => shared.replace(version, next))) return users;
        tried = next;
      }
      throw new AccountBookError(`cannot change the accounts in ${place}: others change them all the time`);
    },

    watch: (reload, onProblem) => ({ close: shared.onChange(() => void takeOver(reload, onProblem)) }),
  };
}
