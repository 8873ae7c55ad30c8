import type { CountKeys, SharedCounts, Standing } from '../../cim/contracts/shared-counts.js';
import type { LocalLockOut, LockOut } from './lock-out.js';
import { lockOutKey, sharedKeys } from './lock-out-key.js';
import { createCountsReach } from './reach-counts.js';
import { createTurns } from './turns.js';
import { QueueFullError } from './work-queue.js';

/** Accounts at addresses for which something could not be told to the others. */
const MOST_UNTOLD = 10_000;

const TOO_MANY = 'too many sign-ins wait for what other endpoints have counted';

/** The attempt that is under way for an account at an address. */
interface Attempt {
  readonly keys: CountKeys;
  /** It was counted ahead, and nothing has come of it yet. */
  isClaimed: boolean;
  /** The others hold something against the account there. */
  isHeld: boolean;
  /** What the others have to be told before the attempt is over. */
  readonly telling: Promise<void>[];
}

export interface SharedLockOutOptions {
  readonly counts: SharedCounts;
  /** Told once whenever the others cannot be reached. */
  readonly onProblem: (problem: string) => void;
  /** A clock in milliseconds that does not jump. */
  readonly now?: () => number;
}

/**
 * A lock-out that holds for all processes that count together. Nothing is asked, nor waited for, while nobody has failed lately; else an
 * attempt begins with one question, and while something is held against the account at its address it is counted ahead: of the passwords
 * that several processes check at one moment none is free, but the first of each.
 *
 * While the others cannot be reached, `local` goes on alone.
 */
export function createSharedLockOut(local: LocalLockOut, options: SharedLockOutOptions): LockOut {
  const { counts, onProblem, now = () => performance.now() } = options;
  const { limits } = local;
  const reach = createCountsReach(onProblem, now);
  const turns = createTurns();
  const attempts = new Map<string, Attempt>();
  const untold = new Set<string>();
  // Many connections of one client begin at once: one question is enough for all.
  const admissions = new Map<string, Promise<boolean>>();

  /** What they could not be told is held against the account here, as long as it is remembered. */
  async function tell(pair: string, call: () => Promise<void>): Promise<void> {
    const isTold = await reach.run(() => call().then(() => true)).catch(() => undefined);
    if (isTold === undefined && untold.size < MOST_UNTOLD) untold.add(pair);
  }

  function open(account: string, address: string): Attempt {
    const attempt = { keys: sharedKeys(account, address), isClaimed: false, isHeld: false, telling: [] };
    attempts.set(lockOutKey(account, address), attempt);
    return attempt;
  }

  /** @returns why the password is of no use */
  async function ask(attempt: Attempt, account: string, address: string): Promise<string | undefined> {
    const { keys } = attempt;
    try {
      const standing = await reach.run(
        () => counts.begin(keys, limits),
        ({ isClaimed }) => isClaimed && void tell(keys.pair, () => counts.release(keys.pair)),
      );
      attempt.isClaimed = standing?.isClaimed === true;
      attempt.isHeld = standing === undefined || standing.failures > 0;
      if (standing !== undefined) learn(keys.pair, standing, account, address);
      return local.accountProblem(account, address);
    } catch (error) {
      if (error instanceof QueueFullError) return TOO_MANY;
      throw error;
    }
  }

  function learn(pair: string, { isClaimed, failures, delay, owed }: Standing, account: string, address: string): void {
    const here = untold.has(pair) ? local.failures(account, address) : 0;
    // Of what was counted ahead it is not known yet whether it is one.
    const counted = isClaimed ? failures - 1 : failures;
    local.learn(account, address, { failures: Math.max(here, counted), delay: isClaimed ? 0 : delay, owed });
  }

  async function conclude<T>(attempt: Attempt, key: string, checking: T | Promise<T>): Promise<T> {
    try {
      return await checking;
    } finally {
      attempts.delete(key);
      const { pair } = attempt.keys;
      if (attempt.isClaimed) attempt.telling.push(tell(pair, () => counts.release(pair)));
      await Promise.all(attempt.telling);
    }
  }

  const mustAsk = (key: string, account: string, address: string): boolean =>
    attempts.has(key) || local.failures(account, address) > 0 || !counts.isQuiet();

  const lockOut: LockOut = {
    accountProblem: local.accountProblem,
    addressProblem: local.addressProblem,
    problem: local.problem,
    isKnown: local.isKnown,

    attempt(account, address, check) {
      const before = local.accountProblem(account, address);
      if (before !== undefined) return check(before);
      const key = lockOutKey(account, address);
      if (mustAsk(key, account, address))
        return turns.run(key, async () => {
          // Whoever had the turn before may have been locked out.
          const problem = local.accountProblem(account, address);
          if (problem !== undefined) return check(problem);
          const attempt = open(account, address);
          return conclude(attempt, key, ask(attempt, account, address).then(check));
        });
      const attempt = open(account, address);
      const checking = check(undefined);
      if (checking instanceof Promise || attempt.telling.length > 0)
        return turns.run(key, () => conclude(attempt, key, checking));
      attempts.delete(key);
      return checking;
    },

    admits(account, address) {
      if (local.problem(account, address) !== undefined) return false;
      const key = lockOutKey(account, address);
      const running = admissions.get(key);
      if (running !== undefined) return running;
      if (!mustAsk(key, account, address)) return true;
      const asked = lockOut.attempt(account, address, async (problem) => {
        if ((problem ?? local.problem(account, address)) !== undefined) return false;
        lockOut.succeeded(account, address);
        return true;
      });
      const admission = Promise.resolve(asked).finally(() => admissions.delete(key));
      admissions.set(key, admission);
      return admission;
    },

    failed(account, address, ofAddress = true) {
      local.failed(account, address, ofAddress);
      const attempt = attempts.get(lockOutKey(account, address));
      if (attempt === undefined) return;
      const { pair, address: place } = attempt.keys;
      const keys = { ...(!attempt.isClaimed && { pair }), ...(ofAddress && { address: place }) };
      attempt.isClaimed = false;
      if (keys.pair !== undefined || keys.address !== undefined)
        attempt.telling.push(tell(pair, () => counts.fail(keys, limits)));
    },

    succeeded(account, address) {
      const isHeldHere = local.failures(account, address) > 0;
      local.succeeded(account, address);
      const attempt = attempts.get(lockOutKey(account, address));
      if (attempt === undefined) return;
      const { pair } = attempt.keys;
      untold.delete(pair);
      if (isHeldHere || attempt.isHeld) attempt.telling.push(tell(pair, () => counts.forget(pair)));
      attempt.isClaimed = false;
    },
  };
  return lockOut;
}
