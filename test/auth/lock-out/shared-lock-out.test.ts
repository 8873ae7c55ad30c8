import { describe, expect, it } from 'vitest';
import { createLockOut, type LockOut, type LockOutLimits } from '../../../src/auth/lock-out/lock-out.js';
import { createSharedLockOut } from '../../../src/auth/lock-out/shared-lock-out.js';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../../src/auth/schemes/negotiate.js';
import { ALICE, accounts, connect, exchange, NAMES, send } from '../negotiation.js';
import { createMemoryCounts } from './memory-counts.js';

const HOME = '192.0.2.7';
const SECOND = 1000;

/** As many endpoints as are wanted, on one database. */
function lab(endpoints: number, limits: Partial<LockOutLimits> = {}) {
  const clock = { now: 1_000_000 };
  const now = () => clock.now;
  const counts = createMemoryCounts(now);
  const problems: string[] = [];
  const onProblem = (problem: string) => problems.push(problem);
  const all = Array.from({ length: endpoints }, () =>
    createSharedLockOut(createLockOut(limits, now), { counts, onProblem, now }),
  );
  return { clock, counts, problems, all };
}

/** Tries one password. @returns whether it was checked */
async function guess(lockOut: LockOut, isRight = false, account = 'alice', address = HOME): Promise<boolean> {
  return lockOut.attempt(account, address, async (problem) => {
    if (problem !== undefined || lockOut.addressProblem(address) !== undefined) return false;
    await new Promise(setImmediate);
    if (isRight) lockOut.succeeded(account, address);
    else lockOut.failed(account, address);
    return true;
  });
}

describe('wrong passwords that are spread over endpoints', () => {
  it('have their delay after as many as at one of them', async () => {
    const { all } = lab(3);
    const checked: boolean[] = [];
    for (let i = 0; i < 9; i++) checked.push(await guess(all[i % 3] as LockOut));
    expect(checked).toEqual([true, true, true, true, true, true, false, false, false]);
  });

  it('get no more than one each ahead when they come all at once, and no more than one after each delay', async () => {
    const { clock, all } = lab(8);
    const volley = async () => {
      const tries = all.flatMap((lockOut) => Array.from({ length: 5 }, () => guess(lockOut)));
      return (await Promise.all(tries)).filter(Boolean).length;
    };
    // The first of each endpoint, none of which could know of another.
    expect(await volley()).toBe(8);
    expect(await volley()).toBe(0);
    clock.now += 60 * SECOND;
    expect(await volley()).toBe(1);
    clock.now += 60 * SECOND;
    expect(await volley()).toBe(1);
  });

  it('lock out at an endpoint that has just been started', async () => {
    const { clock, counts, all } = lab(1);
    for (let i = 0; i < 6; i++) await guess(all[0] as LockOut);
    const now = () => clock.now;
    const fresh = createSharedLockOut(createLockOut({}, now), { counts, onProblem: () => {}, now });
    expect(await guess(fresh, true)).toBe(false);
    expect(fresh.problem('alice', HOME)).toBe(`locked out after 6 wrong passwords from ${HOME}, for another 1 s`);
  });

  it('for whatever accounts leave one a second to the whole address', async () => {
    const { clock, all } = lab(2, { addressFailures: 10 });
    let checked = 0;
    for (let i = 0; i < 40; i++) checked += Number(await guess(all[i % 2] as LockOut, false, `user${i}`));
    expect(checked).toBe(10);
    clock.now += SECOND;
    checked = 0;
    for (let i = 0; i < 10; i++) checked += Number(await guess(all[i % 2] as LockOut, false, `other${i}`));
    expect(checked).toBe(1);
  });

  it('are forgotten everywhere after a right one anywhere', async () => {
    const { all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    for (let i = 0; i < 4; i++) await guess(a);
    expect(await guess(b, true)).toBe(true);
    for (let i = 0; i < 5; i++) expect(await guess(a)).toBe(true);
    expect(await guess(a)).toBe(true);
    expect(await guess(a)).toBe(false);
  });

  it('lock out one that was found right before, and only for as long as it says', async () => {
    const { clock, all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    await guess(b, true);
    for (let i = 0; i < 6; i++) await guess(a);
    expect(await b.admits('alice', HOME)).toBe(false);
    clock.now += SECOND;
    expect(await b.admits('alice', HOME)).toBe(true);
    expect(await guess(a)).toBe(true);
  });

  it('are not told apart from one that was found right before, but once after each delay', async () => {
    const { clock, all } = lab(4);
    for (let i = 0; i < 6; i++) await guess(all[i % 4] as LockOut);
    clock.now += SECOND;
    expect(await guess(all[0] as LockOut)).toBe(true);
    const told = await Promise.all(all.map((lockOut) => lockOut.admits('alice', HOME)));
    expect(told).toEqual([false, false, false, false]);
  });

  it('are kept apart by account and address', async () => {
    const { all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    for (let i = 0; i < 6; i++) await guess(a);
    expect(await guess(b, true, 'bob')).toBe(true);
    expect(await guess(b, true, 'alice', '198.51.100.9')).toBe(true);
    expect(await guess(b, true)).toBe(false);
  });

  it('are kept without names or addresses', async () => {
    const { counts, all } = lab(1);
    await guess(all[0] as LockOut);
    expect([...counts.rows.keys()]).toEqual([
      expect.stringMatching(/^[\w+/]{43}=$/),
      expect.stringMatching(/^[\w+/]{43}=$/),
    ]);
  });
});

describe('a right password', () => {
  it('asks nothing and writes nothing while nobody has failed lately', async () => {
    const { counts, all } = lab(2);
    for (const lockOut of all) expect(await guess(lockOut, true)).toBe(true);
    expect(counts.calls).toEqual([]);
  });

  it('that was found right before asks nothing while nobody has failed lately, and once for all that come together', async () => {
    const { counts, all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    expect(a.admits('alice', HOME)).toBe(true);
    await guess(b, false, 'mallory');
    counts.calls.length = 0;
    expect(await Promise.all(Array.from({ length: 20 }, () => a.admits('alice', HOME)))).not.toContain(false);
    expect(counts.calls).toEqual(['begin']);
  });

  it('writes nothing while only others have failed', async () => {
    const { counts, all } = lab(2);
    await guess(all[0] as LockOut, false, 'mallory');
    counts.calls.length = 0;
    await guess(all[1] as LockOut, true);
    expect(counts.calls).toEqual(['begin']);
  });

  it('is checked at once where nothing has to be waited for', () => {
    const { all } = lab(1);
    expect(all[0]?.attempt('alice', HOME, () => 'checked')).toBe('checked');
  });

  it('that is of no use for another reason leaves nothing counted ahead', async () => {
    const { all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    for (let i = 0; i < 5; i++) await guess(a);
    for (let i = 0; i < 3; i++) await b.attempt('alice', HOME, async () => 'of a foreign domain');
    expect(await guess(b, true)).toBe(true);
  });
});

describe('while the others cannot be reached', () => {
  it('each endpoint counts by itself, and it is told once', async () => {
    const { counts, problems, all } = lab(2);
    counts.away = true;
    counts.quiet = false;
    const [a, b] = all as [LockOut, LockOut];
    for (let i = 0; i < 6; i++) expect(await guess(a)).toBe(true);
    expect(await guess(a, true)).toBe(false);
    expect(await guess(b, true)).toBe(true);
    const told = 'wrong passwords are counted here alone for now: the database does not answer';
    expect(problems).toEqual([told, told]);
  });

  it('what was counted meanwhile goes on being held against the account there', async () => {
    const { clock, counts, all } = lab(1);
    const [a] = all as [LockOut];
    counts.away = true;
    counts.quiet = false;
    for (let i = 0; i < 4; i++) await guess(a);
    counts.away = false;
    clock.now += 2 * SECOND;
    for (let i = 0; i < 2; i++) expect(await guess(a)).toBe(true);
    expect(await guess(a, true)).toBe(false);
  });

  it('a right password waits a second at most', async () => {
    const { counts, all } = lab(2);
    const [a] = all as [LockOut];
    await guess(a);
    counts.silent = true;
    const start = performance.now();
    expect(await guess(a, true)).toBe(true);
    expect(performance.now() - start).toBeLessThan(5 * SECOND);
  });
});

describe('both schemes', () => {
  const basic = (password: string) => `Basic ${Buffer.from(`alice:${password}`).toString('base64')}`;

  it('are locked out together, at endpoints that share their counts', async () => {
    const { all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    const users = await accounts();
    const negotiate = createNegotiateScheme(users, { names: NAMES, lockOut: a });
    const basicScheme = createBasicScheme(users, { allowUnencrypted: 'always', lockOut: b });
    async function sign(password: string) {
      const peer = connect();
      const client = startNtlm({ ...ALICE, password });
      const challenge = await exchange(negotiate, peer, client.negotiate);
      return send(negotiate, peer, client.authenticate(challenge).token);
    }
    for (let i = 0; i < 3; i++)
      expect(await sign(`wrong ${i}`)).toMatchObject({ reason: expect.stringMatching('wrong password') });
    for (let i = 0; i < 3; i++) {
      const wrong = { authorization: basic(`wrong ${i}`), peer: connect() };
      expect(await basicScheme.authenticate(wrong)).toMatchObject({ reason: expect.stringMatching('wrong password') });
    }
    const reason = expect.stringMatching(/locked out after 6 wrong passwords/);
    expect(await sign('secret')).toMatchObject({ kind: 'refused', reason });
    const right = { authorization: basic('secret'), peer: connect() };
    expect(await basicScheme.authenticate(right)).toMatchObject({ kind: 'refused', reason });
  });

  it('are locked out at an endpoint that remembers the right password, but for connections that gave it', async () => {
    const { all } = lab(2);
    const [a, b] = all as [LockOut, LockOut];
    const scheme = createBasicScheme(await accounts(), { allowUnencrypted: 'always', lockOut: b });
    const right = { authorization: basic('secret'), peer: connect() };
    expect(await scheme.authenticate(right)).toMatchObject({ kind: 'authenticated' });
    for (let i = 0; i < 6; i++) await guess(a, false, 'alice', right.peer.address);
    const reason = expect.stringMatching(/locked out after 6 wrong passwords/);
    expect(await scheme.authenticate({ ...right, peer: connect() })).toMatchObject({ kind: 'refused', reason });
    expect(await scheme.authenticate(right)).toMatchObject({ kind: 'authenticated' });
  });
});
