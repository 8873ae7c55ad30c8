import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserStore } from '../../../src/auth/accounts/user-store.js';
import { createLockOut, DEFAULT_LOCK_OUT, type LockOutLimits } from '../../../src/auth/lock-out/lock-out.js';
import { startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import type { Peer } from '../../../src/auth/schemes/authentication-scheme.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';
import { createNegotiateScheme } from '../../../src/auth/schemes/negotiate.js';
import { ALICE, accounts, connect, exchange, NAMES, send } from '../negotiation.js';

const HOME = '192.0.2.7';
const AWAY = '198.51.100.9';
const SECOND = 1000;
const MINUTE = 60 * SECOND;

function lab(limits: Partial<LockOutLimits> = {}) {
  const clock = { now: 1_000_000 };
  const lockOut = createLockOut(limits, () => clock.now);
  return {
    clock,
    lockOut,
    fail(times: number, account = 'alice', address = HOME) {
      for (let i = 0; i < times; i++) lockOut.failed(account, address);
    },
    isLocked: (account = 'alice', address = HOME) => lockOut.problem(account, address) !== undefined,
  };
}

describe('wrong passwords for one account from one address', () => {
  it('have no consequence while they are few', () => {
    const { fail, isLocked } = lab();
    fail(5);
    expect(isLocked()).toBe(false);
  });

  it.each([
    [6, 1],
    [7, 2],
    [8, 4],
    [11, 32],
    [12, 60],
    [500, 60],
  ])('after %i of them cost %i seconds, and never more than a minute', (failures, seconds) => {
    const { clock, fail, isLocked } = lab();
    fail(failures);
    clock.now += seconds * SECOND - 1;
    expect(isLocked()).toBe(true);
    clock.now += 1;
    expect(isLocked()).toBe(false);
  });

  it('are told to the log, with what they were and how long it takes', () => {
    const { lockOut, fail } = lab();
    fail(8);
    expect(lockOut.problem('alice', HOME)).toBe(`locked out after 8 wrong passwords from ${HOME}, for another 4 s`);
  });

  it('are forgotten after a right one', () => {
    const { lockOut, fail, isLocked } = lab();
    fail(5);
    lockOut.succeeded('Alice', HOME);
    fail(5);
    expect(isLocked()).toBe(false);
  });

  it('are forgotten after a quarter of an hour', () => {
    const { clock, fail, isLocked } = lab();
    fail(9);
    clock.now += 15 * MINUTE + 1;
    fail(5);
    expect(isLocked()).toBe(false);
  });

  it('are the same account’s however its name is written', () => {
    const { fail, isLocked } = lab();
    fail(3, 'alice');
    fail(3, 'ALICE');
    expect(isLocked('Alice')).toBe(true);
  });

  it('lock nobody out elsewhere, and no other account there', () => {
    const { fail, isLocked } = lab();
    fail(50);
    expect([isLocked('alice', HOME), isLocked('alice', AWAY), isLocked('bob', HOME)]).toEqual([true, false, false]);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:DB8:0001:2::1', true],
    ['fe80::1%eth0', 'fe80::2', true],
    ['::ffff:192.0.2.7', '192.0.2.7', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['192.0.2.7', '192.0.2.8', false],
    ['::1', '127.0.0.1', false],
  ])('count for all addresses of a /64: %s and %s: %s', (one, other, together) => {
    const { fail, isLocked } = lab();
    fail(6, 'alice', one);
    expect(isLocked('alice', other)).toBe(together);
  });

  it('never last longer than the limit, whatever comes in what order', () => {
    const step = fc.record({ fails: fc.boolean(), wait: fc.integer({ min: 0, max: 5 * MINUTE }) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { clock, lockOut, isLocked } = lab({ addressFailures: 1e9 });
        for (const { fails, wait } of steps) {
          if (fails) lockOut.failed('alice', HOME);
          else lockOut.succeeded('alice', HOME);
          clock.now += wait;
        }
        clock.now += DEFAULT_LOCK_OUT.longestDelayMs;
        expect(isLocked()).toBe(false);
      }),
    );
  });
});

describe('wrong passwords from one address for many accounts', () => {
  const spray = (count: number, { lockOut }: ReturnType<typeof lab>) => {
    for (let i = 0; i < count; i++) lockOut.failed(`user${i}`, HOME);
  };

  it('are put up with up to a hundred, and then one a second', () => {
    const one = lab();
    spray(99, one);
    expect(one.isLocked('new')).toBe(false);
    spray(1, one);
    expect([one.isLocked('new'), one.isLocked('new', AWAY)]).toEqual([true, false]);
    one.clock.now += SECOND;
    expect(one.isLocked('new')).toBe(false);
    spray(1, one);
    expect(one.isLocked('new')).toBe(true);
  });

  it('are not held against accounts that have signed in from there', () => {
    const one = lab();
    one.lockOut.succeeded('alice', HOME);
    spray(1000, one);
    expect([one.isLocked('alice'), one.isLocked('bob')]).toEqual([false, true]);
  });

  it('take no more memory than a bounded number of entries', () => {
    const one = lab({ entries: 100 });
    one.fail(20);
    for (let i = 0; i < 1000; i++) one.lockOut.failed(`${'x'.repeat(5000)}${i}`, `10.0.${i >> 8}.${i & 255}`);
    // What was held against the first is gone: there is only so much room.
    expect([one.isLocked(), one.isLocked('bob')]).toEqual([false, false]);
  });
});

/** Basic and Negotiate on the same accounts, with a clock that stands still. */
async function schemes() {
  const clock = { now: 1_000_000 };
  const lockOut = createLockOut({}, () => clock.now);
  const store = await accounts();
  const counter = { checks: 0 };
  const users: UserStore = {
    ...store,
    verify(name, password) {
      counter.checks++;
      return store.verify(name, password);
    },
  };
  const basicScheme = createBasicScheme(users, { lockOut, allowUnencrypted: 'always' });
  const negotiate = createNegotiateScheme(users, { names: NAMES, lockOut });
  const basic = async (password: string, { name = 'alice', peer = connect() } = {}) =>
    basicScheme.authenticate({ authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`, peer });
  const ntlm = async (password: string, peer: Peer = connect()) => {
    const client = startNtlm({ ...ALICE, password });
    const challenge = await exchange(negotiate, peer, client.negotiate);
    return send(negotiate, peer, client.authenticate(challenge).token);
  };
  const guess = async (count: number) => {
    for (let i = 0; i < count; i++) await basic(`guess ${i}`);
  };
  return { clock, store, counter, basic, ntlm, guess };
}
const SECRET = ALICE.password;
const LOCKED = { kind: 'refused', reason: expect.stringContaining('locked out') };

describe('who is locked out', () => {
  it('is refused by every scheme, whatever the password, without a check', async () => {
    const { counter, basic, ntlm, guess } = await schemes();
    await guess(6);
    counter.checks = 0;
    expect(await basic(SECRET)).toMatchObject(LOCKED);
    expect(await basic('wrong')).toMatchObject(LOCKED);
    expect(await ntlm(SECRET)).toMatchObject(LOCKED);
    expect(counter.checks).toBe(0);
  });

  it('is let in by the right password when the time is over', async () => {
    const { clock, basic, guess } = await schemes();
    await guess(6);
    clock.now += SECOND;
    expect(await basic(SECRET)).toMatchObject({ kind: 'authenticated' });
  });

  it('was so by guessing with Negotiate, too', async () => {
    const { basic, ntlm } = await schemes();
    for (let i = 0; i < 6; i++) await ntlm(`guess ${i}`);
    expect(await basic(SECRET)).toMatchObject(LOCKED);
  });

  it('does not learn a password from what is remembered of others', async () => {
    const { basic, guess } = await schemes();
    await basic(SECRET);
    await guess(6);
    expect(await basic(SECRET)).toMatchObject(LOCKED);
  });

  it('does not end a connection that has given the right password before', async () => {
    const { basic, guess } = await schemes();
    const peer = connect();
    await basic(SECRET, { peer });
    await guess(50);
    expect(await basic(SECRET, { peer })).toMatchObject({ kind: 'authenticated' });
    expect(await basic('guess', { peer })).toMatchObject(LOCKED);
  });

  it('is the same for a name that is nobody’s', async () => {
    const { basic } = await schemes();
    for (let i = 0; i < 6; i++) await basic(`guess ${i}`, { name: 'mallory' });
    expect(await basic('x', { name: 'LAB\\Mallory' })).toMatchObject(LOCKED);
  });

  it('does not get ahead with guesses sent all at once', async () => {
    const { counter, basic } = await schemes();
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => basic(`guess ${i}`)));
    expect(results.every(({ kind }) => kind === 'refused')).toBe(true);
    expect(counter.checks).toBe(6);
  });
});

describe('at an address with too many wrong passwords', () => {
  /** Alice has signed in from there, Bob has not, and then others have guessed. */
  async function crowd() {
    const all = await schemes();
    await all.store.add('bob', 'secret of bob');
    await all.basic(SECRET);
    for (let i = 0; i < 100; i++) await all.basic(`guess ${i}`, { name: `user${i}` });
    all.counter.checks = 0;
    return all;
  }

  it.each([
    ['is nobody’s', 'mallory'],
    ['has never signed in there', 'bob'],
    ['has signed in there', 'alice'],
  ])('a password costs the same check when its name %s', async (_, name) => {
    const { counter, basic } = await crowd();
    for (let i = 0; i < 5; i++) expect(await basic(`wrong ${i}`, { name })).toMatchObject({ kind: 'refused' });
    expect(counter.checks).toBe(5);
    // The sixth has used up what a name may get wrong, whoever it is.
    await basic('wrong 5', { name });
    expect(await basic('wrong 6', { name })).toMatchObject(LOCKED);
    expect(counter.checks).toBe(6);
  });

  it.each(['mallory', 'bob', 'alice'])('a password that is repeated is checked again, of %s', async (name) => {
    const { counter, basic } = await crowd();
    for (let i = 0; i < 3; i++) await basic('wrong', { name });
    expect(counter.checks).toBe(3);
  });

  it('only who has signed in there gets in, and the others when it is over', async () => {
    const { clock, basic } = await crowd();
    expect(await basic(SECRET)).toMatchObject({ kind: 'authenticated' });
    expect(await basic('secret of bob', { name: 'bob' })).toMatchObject(LOCKED);
    clock.now += SECOND;
    expect(await basic('secret of bob', { name: 'bob' })).toMatchObject({ kind: 'authenticated' });
  });

  it('what is remembered of a right password is no way round', async () => {
    const { clock, basic } = await crowd();
    clock.now += SECOND;
    const elsewhere = { ...connect(), address: AWAY };
    expect(await basic('secret of bob', { name: 'bob', peer: elsewhere })).toMatchObject({ kind: 'authenticated' });
    await basic('wrong', { name: 'mallory' });
    expect(await basic('secret of bob', { name: 'bob' })).toMatchObject(LOCKED);
  });

  it('a right password that does not count leads to the same delay as a wrong one, so that time does not tell them apart', async () => {
    const { counter, basic } = await crowd();
    for (let i = 0; i < 6; i++) expect(await basic('secret of bob', { name: 'bob' })).toMatchObject(LOCKED);
    expect(await basic('secret of bob', { name: 'bob' })).toMatchObject(LOCKED);
    expect(counter.checks).toBe(6);
  });

  it('checks are made one after the other, and only so many wait', async () => {
    const { basic } = await crowd();
    const results = await Promise.all(Array.from({ length: 30 }, (_, i) => basic('wrong', { name: `other${i}` })));
    expect(results.filter(({ kind }) => kind === 'overloaded')).toHaveLength(14);
  });
});

describe('who is not locked out', () => {
  it('is a client that repeats one wrong password', async () => {
    const { counter, basic } = await schemes();
    for (let i = 0; i < 50; i++) await basic('old password');
    expect(counter.checks).toBe(1);
    expect(await basic(SECRET)).toMatchObject({ kind: 'authenticated' });
  });

  it('is a client whose password was wrong until the account got it', async () => {
    const { store, basic } = await schemes();
    await basic('next');
    await store.add('alice', 'next');
    expect(await basic('next')).toMatchObject({ kind: 'authenticated' });
  });

  it('is a client that came before its account', async () => {
    const { store, basic } = await schemes();
    await basic('secret', { name: 'carol' });
    await store.add('carol', 'secret');
    expect(await basic('secret', { name: 'carol' })).toMatchObject({ kind: 'authenticated' });
  });

  it('are clients with the right password, however many there are at once', async () => {
    const { basic, ntlm } = await schemes();
    const results = await Promise.all(Array.from({ length: 100 }, (_, i) => (i % 2 ? basic(SECRET) : ntlm(SECRET))));
    expect(results.every(({ kind }) => kind === 'authenticated')).toBe(true);
  });
});
