import { hash, randomBytes } from 'node:crypto';
import type { UserStore } from './user-store.js';

/**
 * Remembers which `Authorization` values were found correct, so that a client that sends one with every request costs a short
 * digest each time and not a password hash. A wrong value is never remembered: it costs the full check every time.
 */
export interface VerifiedCredentials {
  /** The value's key: a digest under a secret of this process, so that the value itself is not kept. */
  keyOf(header: string): string;
  /** The account of a value found correct since the accounts last changed. */
  find(key: string): string | undefined;
  /** @param revision the store's revision *before* the check began: if it has moved on, the finding is worth nothing */
  remember(key: string, user: string, revision: number): void;
}

/** @param capacity how many values are kept; the oldest makes room */
export function createVerifiedCredentials(users: UserStore, capacity = 1024): VerifiedCredentials {
  // A whole block of SHA-256 in front of the value. It takes no HMAC, which costs five times as much: digests stay in here, so
  // nobody has one to extend or to compare.
  const secret = randomBytes(32).toString('hex');
  const found = new Map<string, string>();
  let revision = users.revision;

  function forgetWhenStale(): void {
    if (revision === users.revision) return;
    found.clear();
    revision = users.revision;
  }

  return {
    keyOf: (header) => hash('sha256', secret + header, 'base64'),

    find(key) {
      forgetWhenStale();
      return found.get(key);
    },

    remember(key, user, checkedUnder) {
      forgetWhenStale();
      if (checkedUnder !== revision) return;
      if (found.size >= capacity) {
        const oldest = found.keys().next();
        if (oldest.done === false) found.delete(oldest.value);
      }
      found.set(key, user);
    },
  };
}
