import type { Standing } from '../../cim/contracts/shared-counts.js';
import { addressGroup } from './address-group.js';
import { delayAfter } from './delay-after.js';
import { lockOutKey } from './lock-out-key.js';
import { createRecentMap } from './recent-map.js';
import { createTokenBucket, type TokenBucket } from './token-bucket.js';

/** How much guessing is put up with. Times in milliseconds. */
export interface LockOutLimits {
  /** Wrong passwords for one account from one address before there is any delay. Default 5. */
  readonly freeFailures: number;
  /** The delay after the next one; it doubles with each that follows. Default 1 s. */
  readonly firstDelayMs: number;
  /** No delay is longer. Default 60 s. */
  readonly longestDelayMs: number;
  /** After this long without a wrong password everything is forgotten. Default 15 min. */
  readonly forgetAfterMs: number;
  /** Wrong passwords from one address, for whatever accounts, before only some are checked. Default 100. */
  readonly addressFailures: number;
  /** From then on, one is checked each time this has passed. Default 1 s. */
  readonly addressRefillMs: number;
  /** How many pairs of account and address, and how many addresses, are remembered. Default 10,000. */
  readonly entries: number;
}

export const DEFAULT_LOCK_OUT: LockOutLimits = {
  freeFailures: 5,
  firstDelayMs: 1_000,
  longestDelayMs: 60_000,
  forgetAfterMs: 15 * 60_000,
  addressFailures: 100,
  addressRefillMs: 1_000,
  entries: 10_000,
};

/**
 * Slows guessing down without letting strangers lock anybody out: delays are of an account *at an address*, so that the account's owner
 * is let in from everywhere else. Names without an account are treated as those with one, so that nothing tells which there are.
 */
export interface LockOut {
  /** Why a password is of no use now, for the log; `undefined` when it is. Costs no more than looking it up. */
  problem(account: string, address: string): string | undefined;
  /** The part of it that names of accounts and others share: what was wrong for this very name at this address. */
  accountProblem(account: string, address: string): string | undefined;
  /**
   * Why passwords from an address are of no use now, but for accounts that have signed in from there
   * ({@link LockOut.isKnown}). So that time does not tell which those are, whoever asks does the same work for all names.
   */
  addressProblem(address: string): string | undefined;
  /**
   * Runs the check of a password. Where other processes count, too, it is asked first what they have; the checks of an account at an
   * address then happen one after the other, and what comes of one is told to the others before it is over.
   *
   * @param check is told why the password is of no use now; `undefined` when it is, but for {@link LockOut.addressProblem}. It says what
   *   came of it by {@link LockOut.failed} or {@link LockOut.succeeded}, or by neither
   */
  attempt<T>(account: string, address: string, check: (problem: string | undefined) => T | Promise<T>): T | Promise<T>;
  /**
   * Whether a password is of use now that was found right before, and is not checked again. Others are asked where {@link LockOut.attempt}
   * would ask them: else each of them would tell a guesser once per delay whether it is the right one.
   */
  admits(account: string, address: string): boolean | Promise<boolean>;
  /** Somebody has signed in with the account from there. */
  isKnown(account: string, address: string): boolean;
  /**
   * A password was wrong.
   *
   * @param ofAddress whether it counts against the address, too. Default: true
   */
  failed(account: string, address: string, ofAddress?: boolean): void;
  /** A password was right: what was held against the account at this address is forgotten. */
  succeeded(account: string, address: string): void;
}

/** What this process counts, which can be told of what others have. */
export interface LocalLockOut extends LockOut {
  readonly limits: LockOutLimits;
  /** Wrong passwords that are held against an account at an address. */
  failures(account: string, address: string): number;
  /** Others have counted more, or have let somebody in meanwhile: of the account what they say, of the address whichever is more. */
  learn(account: string, address: string, standing: Pick<Standing, 'failures' | 'delay' | 'owed'>): void;
}

/** For endpoints that want none. */
export const NO_LOCK_OUT: LockOut = {
  problem: () => undefined,
  accountProblem: () => undefined,
  addressProblem: () => undefined,
  attempt: (_account, _address, check) => check(undefined),
  admits: () => true,
  isKnown: () => false,
  failed: () => undefined,
  succeeded: () => undefined,
};

/** What is held against an account at an address. */
interface Attempts {
  failures: number;
  lastFailure: number;
  lockedUntil: number;
  /** Somebody has signed in from there: what others at the same address do is not held against this account. */
  known: boolean;
}

/** @param now a clock in milliseconds that does not jump */
export function createLockOut(
  limits: Partial<LockOutLimits> = {},
  now: () => number = () => performance.now(),
): LocalLockOut {
  const all = { ...DEFAULT_LOCK_OUT, ...limits };
  const { forgetAfterMs, addressFailures, addressRefillMs, entries } = all;
  const records = createRecentMap<string, Attempts>(entries);
  const addresses = createRecentMap<string, TokenBucket>(entries);

  function find(key: string): Attempts | undefined {
    const record = records.get(key);
    if (record !== undefined && record.failures > 0 && now() - record.lastFailure > forgetAfterMs) record.failures = 0;
    return record;
  }

  function accountProblem(account: string, address: string): string | undefined {
    const record = find(lockOutKey(account, address));
    const left = (record?.lockedUntil ?? 0) - now();
    if (left <= 0) return undefined;
    return `locked out after ${record?.failures} wrong passwords from ${address}, for another ${Math.ceil(left / 1000)} s`;
  }

  function addressProblem(address: string): string | undefined {
    if (addresses.get(addressGroup(address))?.has() !== false) return undefined;
    return `locked out: too many wrong passwords from ${address}, for whatever accounts`;
  }

  function bucketOf(group: string): TokenBucket {
    const bucket = addresses.get(group) ?? createTokenBucket(addressFailures, addressRefillMs, now);
    addresses.set(group, bucket);
    return bucket;
  }

  const isKnown = (account: string, address: string) => find(lockOutKey(account, address))?.known === true;

  function problem(account: string, address: string): string | undefined {
    return accountProblem(account, address) ?? (isKnown(account, address) ? undefined : addressProblem(address));
  }

  return {
    limits: all,
    problem,
    accountProblem,
    addressProblem,
    attempt: (account, address, check) => check(accountProblem(account, address)),
    admits: (account, address) => problem(account, address) === undefined,
    isKnown,
    failures: (account, address) => find(lockOutKey(account, address))?.failures ?? 0,

    failed(account, address, ofAddress = true) {
      const key = lockOutKey(account, address);
      const record = find(key) ?? { failures: 0, lastFailure: 0, lockedUntil: 0, known: false };
      record.failures += 1;
      record.lastFailure = now();
      record.lockedUntil = now() + delayAfter(record.failures, all);
      records.set(key, record);
      if (!ofAddress) return;
      bucketOf(addressGroup(address)).take();
    },

    succeeded(account, address) {
      records.set(lockOutKey(account, address), { failures: 0, lastFailure: 0, lockedUntil: 0, known: true });
    },

    learn(account, address, { failures, delay, owed }) {
      const key = lockOutKey(account, address);
      const record = find(key);
      if (record !== undefined || failures > 0) {
        const lockedUntil = now() + delay;
        records.set(key, { failures, lastFailure: now(), lockedUntil, known: record?.known === true });
      }
      if (owed > 0) bucketOf(addressGroup(address)).leave(addressFailures - owed);
    },
  };
}
