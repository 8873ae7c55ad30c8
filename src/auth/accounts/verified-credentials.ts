import { hash, randomBytes } from 'node:crypto';
import { ENTRY_BYTES, leaveWith, messageMemory } from '../../strings/message-memory.js';
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

/** A digest of 44 characters in a map. */
const DIGEST_BYTES = 72 + ENTRY_BYTES;

/** @param capacity how many values are kept; the oldest makes room */
export function createVerifiedCredentials(capacity = MAX_VERIFIED): VerifiedCredentials {
  // A whole block of SHA-256 in front of the value. It takes no HMAC, which costs five times as much: digests stay in here, so
  // nobody has one to extend or to compare.
  const secret = randomBytes(32).toString('hex');
  const remembered = new Map<string, Account>();
  const memory = messageMemory.join({ forget: () => remembered.clear() });

  function forget(key: string): void {
    if (remembered.delete(key)) memory.give(DIGEST_BYTES);
  }

  const credentials: VerifiedCredentials = {
    keyOf: (header) => hash('sha256', secret + header, 'base64'),

    find(key) {
      const account = remembered.get(key);
      if (account?.revoked !== true) return account;
      forget(key);
      return undefined;
    },

    remember(key, account) {
      if (account.revoked) return;
      forget(key);
      if (remembered.size >= capacity) {
        const oldest = remembered.keys().next();
        if (oldest.done === false) forget(oldest.value);
      }
      if (memory.take(DIGEST_BYTES)) remembered.set(key, account);
    },
  };
  leaveWith(credentials, memory);
  return credentials;
}
