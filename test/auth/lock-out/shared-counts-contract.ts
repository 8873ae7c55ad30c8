import { expect, it } from 'vitest';
import { DEFAULT_LOCK_OUT, type LockOutLimits } from '../../../src/auth/lock-out/lock-out.js';
import { sharedKeys } from '../../../src/auth/lock-out/lock-out-key.js';
import type { SharedCounts } from '../../../src/cim/contracts/shared-counts.js';

/** Two processes that count together. */
export interface CountingPair {
  readonly a: SharedCounts;
  readonly b: SharedCounts;
}

const ALICE = sharedKeys('alice', '192.0.2.7');
const BOB = sharedKeys('bob', '192.0.2.7');
const LIMITS: LockOutLimits = DEFAULT_LOCK_OUT;
const SHORT: LockOutLimits = { ...LIMITS, freeFailures: 1, firstDelayMs: 200, longestDelayMs: 200, forgetAfterMs: 300 };

/** What every {@link SharedCounts} does. @param open two with nothing counted */
export function testSharedCounts(open: () => Promise<CountingPair>): void {
  async function fail(counts: SharedCounts, times: number, limits = LIMITS) {
    for (let i = 0; i < times; i++) await counts.fail(ALICE, limits);
  }

  it('holds nothing against those who have not failed', async () => {
    const { a } = await open();
    expect(await a.begin(ALICE, LIMITS)).toEqual({ failures: 0, delay: 0, owed: 0, isClaimed: false });
  });

  it('tells one process what another has counted, and counts its attempt ahead', async () => {
    const { a, b } = await open();
    await fail(a, 3);
    const standing = await b.begin(ALICE, LIMITS);
    expect(standing).toMatchObject({ failures: 4, delay: 0, isClaimed: true });
    expect(standing.owed).toBeGreaterThan(2.5);
    expect(standing.owed).toBeLessThanOrEqual(3);
  });

  it('lets one of several that begin at once try, once it has come to delays', async () => {
    const { a, b } = await open();
    await fail(a, 5);
    const begun = await Promise.all([a, b, a, b, a, b].map((counts) => counts.begin(ALICE, LIMITS)));
    const [claimed, ...others] = [...begun].sort((x, y) => Number(y.isClaimed) - Number(x.isClaimed));
    expect(claimed).toMatchObject({ failures: 6, isClaimed: true });
    for (const other of others) {
      expect(other).toMatchObject({ failures: 6, isClaimed: false });
      expect(other.delay).toBeGreaterThan(0);
      expect(other.delay).toBeLessThanOrEqual(1000);
    }
  });

  it('counts all of several that begin at once before it has come to delays', async () => {
    const { a, b } = await open();
    await fail(a, 1);
    const begun = await Promise.all([a, b, a, b].map((counts) => counts.begin(ALICE, LIMITS)));
    expect(begun.map(({ failures }) => failures).sort()).toEqual([2, 3, 4, 5]);
  });

  it('lets one more try when the delay is over', async () => {
    const { a, b } = await open();
    await fail(a, 2, SHORT);
    expect(await b.begin(ALICE, SHORT)).toMatchObject({ failures: 2, isClaimed: false });
    await new Promise((resolve) => setTimeout(resolve, 220));
    expect(await b.begin(ALICE, SHORT)).toMatchObject({ failures: 3, delay: 0, isClaimed: true });
  });

  it('forgets a pair when its time is over, and counts from one again', async () => {
    const { a, b } = await open();
    await fail(a, 1, SHORT);
    await new Promise((resolve) => setTimeout(resolve, 320));
    expect(await b.begin(ALICE, SHORT)).toMatchObject({ failures: 0, isClaimed: false });
    await a.fail({ pair: ALICE.pair }, LIMITS);
    expect(await b.begin(ALICE, LIMITS)).toMatchObject({ failures: 2, isClaimed: true });
  });

  it('takes back what was counted ahead and came to nothing', async () => {
    const { a, b } = await open();
    await fail(a, 5);
    await a.begin(ALICE, LIMITS);
    await a.release(ALICE.pair);
    expect(await b.begin(ALICE, LIMITS)).toMatchObject({ failures: 6, isClaimed: true });
  });

  it('forgets everything about a pair after a right password, and nothing about the address', async () => {
    const { a, b } = await open();
    await fail(a, 5);
    await b.forget(ALICE.pair);
    const standing = await a.begin(ALICE, LIMITS);
    expect(standing).toMatchObject({ failures: 0, isClaimed: false });
    expect(standing.owed).toBeGreaterThan(4);
  });

  it('counts for the address whatever the account', async () => {
    const { a, b } = await open();
    await Promise.all([a.fail(ALICE, LIMITS), b.fail(BOB, LIMITS), b.fail({ address: ALICE.address }, LIMITS)]);
    const { failures, owed } = await a.begin(sharedKeys('carol', '192.0.2.7'), LIMITS);
    expect(failures).toBe(0);
    expect(owed).toBeGreaterThan(2.5);
    expect(owed).toBeLessThanOrEqual(3);
  });

  it('loses none of those that several count at once', async () => {
    const { a, b } = await open();
    const limits = { ...LIMITS, freeFailures: 100 };
    await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 ? a : b).fail(i % 3 ? ALICE : BOB, limits)));
    const standings = await Promise.all([a.begin(ALICE, limits), b.begin(BOB, limits)]);
    // Both attempts were counted ahead.
    expect(standings.reduce((sum, { failures }) => sum + failures, 0)).toBe(42);
  });

  it('is not quiet once it has counted something', async () => {
    const { a } = await open();
    await a.fail(ALICE, LIMITS);
    expect(a.isQuiet()).toBe(false);
  });
}
