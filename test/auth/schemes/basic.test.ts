import { describe, expect, it } from 'vitest';
import { openUserStore, type UserStore } from '../../../src/auth/accounts/user-store.js';
import { QueueFullError } from '../../../src/auth/lock-out/work-queue.js';
import type { Peer } from '../../../src/auth/schemes/authentication-scheme.js';
import { createBasicScheme } from '../../../src/auth/schemes/basic.js';

const LOCAL: Peer = { tls: false, address: '127.0.0.1', loopback: true };
const REMOTE: Peer = { tls: false, address: '192.0.2.7', loopback: false };
const REMOTE_TLS: Peer = { tls: true, address: '192.0.2.7', loopback: false };
const CHEAP = { N: 2, r: 1, p: 1 };

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;
const GOOD = basic('alice:secret');

/** A store with alice, and the number of password checks it has made. */
async function countingStore() {
  const store = await openUserStore({ cost: CHEAP });
  await store.add('alice', 'secret');
  const counter = { checks: 0 };
  const counted: UserStore = {
    ...store,
    verify(name, password) {
      counter.checks++;
      return store.verify(name, password);
    },
  };
  return { users: counted, counter };
}

describe('Basic', () => {
  it('costs one password check for a correct credential, however often it is used', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users);
    for (let i = 0; i < 3; i++) {
      expect(await scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toEqual({
        kind: 'authenticated',
        user: 'alice',
      });
    }
    expect(counter.checks).toBe(1);
  });

  it('checks nothing that the accounts were made with, and all that differs from it', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users, { given: [{ name: 'alice', password: 'secret' }] });
    expect(await scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toMatchObject({ user: 'alice' });
    expect(counter.checks).toBe(0);
    expect(await scheme.authenticate({ authorization: basic('alice:Secret'), peer: LOCAL })).toMatchObject({
      kind: 'refused',
    });
    expect(counter.checks).toBe(1);
  });

  it.each([
    ['a name that was given without its domain, where one is required', { name: 'alice', password: 'secret' }, GOOD],
    ['a name with a colon, whose header means another name', { name: 'al:ice', password: 's' }, basic('al:ice:s')],
    ['a name without an account', { name: 'bob', password: 'secret' }, basic('bob:secret')],
  ])('does not take for right %s', async (_what, given, authorization) => {
    const { users } = await countingStore();
    const scheme = createBasicScheme(users, { given: [given], domain: { policy: 'required', ours: ['LAB'] } });
    expect(await scheme.authenticate({ authorization, peer: LOCAL })).toMatchObject({ kind: 'refused' });
  });

  it('forgets what the accounts were made with when a password changes', async () => {
    const { users } = await countingStore();
    const scheme = createBasicScheme(users, { given: [{ name: 'alice', password: 'secret' }] });
    await users.add('alice', 'other');
    expect(await scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toMatchObject({ kind: 'refused' });
  });

  it('answers at once when the credential is known', async () => {
    const { users } = await countingStore();
    const scheme = createBasicScheme(users);
    await scheme.authenticate({ authorization: GOOD, peer: LOCAL });
    expect(scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toEqual({ kind: 'authenticated', user: 'alice' });
  });

  it('refuses a wrong credential every time, and checks it once', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users);
    for (let i = 0; i < 3; i++) {
      expect(await scheme.authenticate({ authorization: basic('alice:wrong'), peer: LOCAL })).toMatchObject({
        kind: 'refused',
      });
    }
    expect(counter.checks).toBe(1);
  });

  it('checks once for many connections that begin together', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users);
    const results = await Promise.all(
      Array.from({ length: 256 }, () => scheme.authenticate({ authorization: GOOD, peer: LOCAL })),
    );
    expect(results.every(({ kind }) => kind === 'authenticated')).toBe(true);
    expect(counter.checks).toBe(1);
  });

  it('forgets what it knows when a password changes', async () => {
    const { users } = await countingStore();
    const scheme = createBasicScheme(users);
    await scheme.authenticate({ authorization: GOOD, peer: LOCAL });
    await users.add('alice', 'changed');
    expect(await scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toMatchObject({ kind: 'refused' });
    expect(await scheme.authenticate({ authorization: basic('alice:changed'), peer: LOCAL })).toMatchObject({
      user: 'alice',
    });
  });

  it('remembers nothing of a check during which the password changed', async () => {
    const { users } = await countingStore();
    const slow: UserStore = Object.create(users, {
      verify: {
        async value(name: string, password: string) {
          const user = await users.verify(name, password);
          await users.add('alice', 'changed');
          return user;
        },
      },
    });
    const scheme = createBasicScheme(slow);
    await scheme.authenticate({ authorization: GOOD, peer: LOCAL });
    expect(await scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toMatchObject({ kind: 'refused' });
  });

  it('is offered over plain HTTP to this machine only', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users);
    expect([LOCAL, REMOTE, REMOTE_TLS].map((peer) => scheme.securityProfile(peer))).toEqual([
      'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/http/basic',
      undefined,
      'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/basic',
    ]);
    expect([LOCAL, REMOTE, REMOTE_TLS].map((peer) => scheme.challenge(peer))).toEqual([
      'Basic realm="WSMAN"',
      undefined,
      'Basic realm="WSMAN"',
    ]);
    expect(await scheme.authenticate({ authorization: GOOD, peer: REMOTE })).toEqual({
      kind: 'refused',
      reason: 'Basic: over plain HTTP from another machine',
    });
    expect(counter.checks).toBe(0);
  });

  it('refuses a known credential that comes over plain HTTP from another machine', async () => {
    const { users } = await countingStore();
    const scheme = createBasicScheme(users);
    await scheme.authenticate({ authorization: GOOD, peer: LOCAL });
    expect(scheme.authenticate({ authorization: GOOD, peer: REMOTE })).toMatchObject({ kind: 'refused' });
  });

  it('is offered over plain HTTP to all when allowed by name', async () => {
    const { users } = await countingStore();
    const scheme = createBasicScheme(users, { allowUnencrypted: 'always' });
    expect(scheme.challenge(REMOTE)).toBe('Basic realm="WSMAN"');
    expect(await scheme.authenticate({ authorization: GOOD, peer: REMOTE })).toMatchObject({ user: 'alice' });
  });

  it('is offered over TLS only when allowed never', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users, { allowUnencrypted: 'never' });
    expect([LOCAL, REMOTE].map((peer) => scheme.challenge(peer))).toEqual([undefined, undefined]);
    expect(scheme.securityProfile(LOCAL)).toBeUndefined();
    expect(await scheme.authenticate({ authorization: GOOD, peer: LOCAL })).toEqual({
      kind: 'refused',
      reason: 'Basic: over plain HTTP',
    });
    expect(counter.checks).toBe(0);
    expect(scheme.challenge({ ...LOCAL, tls: true })).toBe('Basic realm="WSMAN"');
  });

  it('says that it is overloaded when too many checks wait', async () => {
    const { users } = await countingStore();
    const full: UserStore = Object.create(users, {
      verify: { value: () => Promise.reject(new QueueFullError('full')) },
    });
    expect(await createBasicScheme(full).authenticate({ authorization: GOOD, peer: LOCAL })).toMatchObject({
      kind: 'overloaded',
    });
  });

  it('keeps a bounded number of credentials, and none of them wrongly', async () => {
    const { users, counter } = await countingStore();
    const scheme = createBasicScheme(users);
    // Each spelling of the scheme's blanks is a header of its own.
    const headers = Array.from({ length: 1100 }, (_, i) => GOOD.replace(' ', ' '.repeat(i + 1)));
    for (const authorization of headers) await scheme.authenticate({ authorization, peer: LOCAL });
    await scheme.authenticate({ authorization: headers.at(-1) ?? '', peer: LOCAL });
    expect(counter.checks).toBe(1100);
    await scheme.authenticate({ authorization: headers[0] ?? '', peer: LOCAL });
    expect(counter.checks).toBe(1101);
  });
});
