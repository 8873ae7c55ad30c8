import { hash, randomBytes } from 'node:crypto';
import type { Account } from './account.js';

/**
 * Remembers which `Authorization` values were found correct, so that a client that sends one with every request costs a short
 * digest each time and not a password hash. A wrong value is never remembered: it costs the full check every time.
 */
export interface VerifiedCredentials {
  /** The value's key: a digest under a secret of this process, so that the value itself is not kept. */
  keyOf(header: string): string;
  /** The account of a value found correct, unless it has been revoked since. */
  find(key: string): Account | undefined;
  remember(key: string, account: Account): void;
}

const MAX_VERIFIED = 1024;

/** @param capacity how many values are kept; the oldest makes room */
export function createVerifiedCredentials(capacity = MAX_VERIFIED): VerifiedCredentials {
  // A whole block of SHA-256 in front of the value. It takes no HMAC, which costs five times as much: digests stay in here, so
  // nobody has one to extend or to compare.
  const secret = randomBytes(32).toString('hex');
  const remembered = new Map<string, Account>();

  return {
    keyOf: (header) => hash('sha256', secret + header, 'base64'),

    find(key) {
      const account = remembered.get(key);
      if (account?.revoked !== true) return account;
      remembered.delete(key);
      return undefined;
    },

    remember(key, account) {
      if (account.revoked) return;
      if (remembered.size >= capacity) {
        const oldest = remembered.keys().next();
        if (oldest.done === false) remembered.delete(oldest.value);
      }
      remembered.set(key, account);
    },
  };
}
