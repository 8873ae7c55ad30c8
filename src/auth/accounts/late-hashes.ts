import { createHmac, randomBytes } from 'node:crypto';
import { decoyHash, hashPassword, type PasswordHash, type ScryptCost } from './password-hash.js';

/**
 * Hashes that are made after they were asked for: a start does not wait for them, and most clients of an endpoint that lives for one
 * test never need them.
 */
export interface LateHashes {
  /** What stands for the hash of a password; as it is, it is that of none. */
  promise(password: string): PasswordHash;
  /**
   * The hash that a promised one stands for; any other as it is. Whichever is asked for, those that are missing are made first, so that
   * the time of an answer does not tell whose they are.
   */
  redeem(hash: PasswordHash): Promise<PasswordHash>;
  /** Makes those that are missing; their passwords are forgotten. */
  make(): Promise<void>;
}

/** Hashes that are kept: endpoints of one process, one after another in its tests, have the same few accounts. */
const MOST_KEPT = 64;
/** Passwords cannot be told from what they are kept under, nor guessed without this secret of the process. */
const secret = randomBytes(32);
const kept = new Map<string, PasswordHash>();

/** The hash of a password that this process has been given before, in one of its endpoints, is the one that was made then. */
async function hashOnce(password: string, cost: ScryptCost): Promise<PasswordHash> {
  const key = createHmac('sha256', secret).update(`${cost.N} ${cost.r} ${cost.p} ${password}`).digest('base64');
  const hash = kept.get(key) ?? (await hashPassword(password, cost));
  kept.set(key, hash);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return hash;
}

/** @param cost of the hashes */
export function createLateHashes(cost: ScryptCost): LateHashes {
  const passwords = new Map<PasswordHash, string>();
  const made = new WeakMap<PasswordHash, PasswordHash>();
  let making: Promise<void> | undefined;

  async function makeMissing(): Promise<void> {
    for (const [promised, password] of passwords) {
      made.set(promised, await hashOnce(password, cost));
      passwords.delete(promised);
    }
  }

  function make(): Promise<void> {
    // One that failed, for want of memory, is tried again by whoever comes next.
    making ??= makeMissing().finally(() => {
      making = undefined;
    });
    return making;
  }

  return {
    promise(password) {
      const promised = decoyHash(cost);
      passwords.set(promised, password);
      return promised;
    },

    async redeem(hash) {
      if (passwords.size > 0) await make();
      return made.get(hash) ?? hash;
    },

    make,
  };
}
