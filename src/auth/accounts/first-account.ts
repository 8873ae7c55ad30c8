import { randomInt } from 'node:crypto';
import type { UserStore } from './user-store.js';

/** The name of the account that is made when there is none. */
export const FIRST_ACCOUNT_NAME = 'cimulator';

// No 0/O, 1/l/I: people read this off a screen. No punctuation: it is pasted into shells, URLs and PowerShell strings.
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 20;

/** The account to show at start; `password` only when it was made just now, the only time anybody can see it. */
export interface FirstAccount {
  readonly name: string;
  readonly password?: string;
}

/**
 * Sees to it that a store has an account, so that there is never a default password: when it has none, one is made with a random
 * password (about 116 bits).
 */
export async function ensureAccount(users: UserStore): Promise<FirstAccount> {
  const [found] = users.list();
  if (found !== undefined) return { name: found };
  const password = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  if (await users.addFirst(FIRST_ACCOUNT_NAME, password)) return { name: FIRST_ACCOUNT_NAME, password };
  // Another process has made one meanwhile, and shown its password.
  return { name: users.list()[0] ?? FIRST_ACCOUNT_NAME };
}
