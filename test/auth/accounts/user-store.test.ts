import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountError } from '../../../src/auth/accounts/change-users.js';
import { hashPassword, isPasswordHash } from '../../../src/auth/accounts/password-hash.js';
import { parseRoles } from '../../../src/auth/accounts/role.js';
import { UserFileError } from '../../../src/auth/accounts/user-file.js';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';
import { QueueFullError } from '../../../src/auth/lock-out/work-queue.js';
import { ntHash } from '../../../src/auth/ntlm/nt-hash.js';

const cost = { N: 2, r: 1, p: 1 };
/** The file is looked at twice a second. */
const WAIT = { timeout: 5000, interval: 20 };

describe('a user store', () => {
  it('knows a user by name and password', async () => {
    const store = await openUserStore({ cost });
    await store.add('Alice', 'secret');
    expect(await store.verify('Alice', 'secret')).toBe('Alice');
  });

  it.each([
    ['Alice', 'Secret'],
    ['Alice', 'secret '],
    ['Alice', 'secre'],
    ['Alice', ''],
    ['Alic', 'secret'],
    ['', 'secret'],
    ['DOMAIN\\', 'secret'],
  ])('knows nobody as %j with %j', async (name, password) => {
    const store = await openUserStore({ cost });
    await store.add('Alice', 'secret');
    expect(await store.verify(name, password)).toBeUndefined();
  });

  it.each(['ALICE', 'alice', 'LAB\\alice', '.\\Alice', 'alice@lab.example'])('takes %s for Alice', async (name) => {
    const store = await openUserStore({ cost });
    await store.add('Alice', 'secret');
    expect(await store.verify(name, 'secret')).toBe('Alice');
  });

  it('prefers an account whose whole name is given over one without the domain', async () => {
    const store = await openUserStore({ cost });
    await store.add('alice', 'short');
    await store.add('alice@lab.example', 'long');
    expect(await store.verify('alice@lab.example', 'long')).toBe('alice@lab.example');
    expect(await store.verify('alice@lab.example', 'short')).toBeUndefined();
  });

  it('compares passwords in one Unicode form', async () => {
    const store = await openUserStore({ cost });
    await store.add('alice', 'caf\u00e9');
    expect(await store.verify('alice', 'cafe\u0301')).toBe('alice');
  });

  it('has the accounts it was given at once, for Basic and NTLM, and hashes their passwords when one is checked', async () => {
    const given = [
      { name: 'Alice', password: 'secret', roles: parseRoles(['read']) },
      { name: 'Bob', password: 'other' },
    ];
    const store = await openUserStore({ cost, ntHashes: true, given });
    expect(store.describe()).toEqual([
      { name: 'Alice', roles: ['read'], negotiate: true },
      { name: 'Bob', roles: ['read', 'write', 'execute'], negotiate: true },
    ]);
    expect(store.ntHashOf('alice')).toEqual({ user: 'Alice', hash: ntHash('secret') });
    const account = store.accountOf('Alice');
    const found = [store.verify('Alice', 'other'), store.verify('Alice', 'secret'), store.verify('Bob', 'other')];
    expect(await Promise.all(found)).toEqual([undefined, 'Alice', 'Bob']);
    expect(store.accountOf('Alice')).toBe(account);
    expect(account?.revoked).toBe(false);
  });

  it('gives an account that it was given another password, hashed or not', async () => {
    const store = await openUserStore({ cost, given: [{ name: 'Alice', password: 'one' }] });
    const before = store.accountOf('Alice');
    await store.add('Alice', 'two');
    await store.hashGiven();
    expect(before?.revoked).toBe(true);
    expect(await store.verify('Alice', 'one')).toBeUndefined();
    expect(await store.verify('Alice', 'two')).toBe('Alice');
  });

  it.each([
    [{ name: '', password: 'secret' }],
    [{ name: 'a:b', password: 'secret' }],
    [{ name: 'Alice', password: '' }],
    [{ name: 'ALICE', password: 'secret' }],
  ])('takes no account that cannot be: %j', async (wrong) => {
    const given = [{ name: 'alice', password: 'secret' }, wrong];
    await expect(openUserStore({ cost, given })).rejects.toThrow(AccountError);
  });

  it('replaces the password of a name that is added again, and revokes what it gave out', async () => {
    const store = await openUserStore({ cost });
    await store.add('Alice', 'one');
    const before = store.accountOf('Alice');
    await store.add('ALICE', 'two');
    expect(await store.verify('alice', 'two')).toBe('Alice');
    expect(store.list()).toEqual(['Alice']);
    expect([before?.revoked, store.accountOf('alice')?.revoked]).toEqual([true, false]);
  });

  it.each([
    ['', 'x', 'the user name is empty'],
    ['x', '', 'the password is empty'],
    ['a:b', 'x', 'the user name contains a colon'],
    ['a\n', 'x', 'the user name contains a control character'],
    ['a', 'x\0', 'the password contains a control character'],
    ['a'.repeat(257), 'x', 'the user name is longer than 256 characters'],
    ['a', 'x'.repeat(1025), 'the password is longer than 1024 characters'],
  ])('takes no account %j with %j', async (name, password, problem) => {
    const store = await openUserStore({ cost });
    await expect(store.add(name, password)).rejects.toThrow(new AccountError(problem));
  });

  it('refuses checks beyond those it lets wait, and recovers', async () => {
    const store = await openUserStore({ cost, verifications: { running: 1, waiting: 2 } });
    await store.add('alice', 'secret');
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => store.verify('alice', 'secret')));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(results[4]).toMatchObject({ reason: expect.any(QueueFullError) });
    expect(await store.verify('alice', 'secret')).toBe('alice');
  });
});

describe('a user store in a file', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cimulator-users-'));
    file = join(directory, 'deep', 'users.json');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('keeps its accounts from one opening to the next', async () => {
    const store = await openUserStore({ file, cost });
    await Promise.all([store.add('alice', 'one'), store.add('bob', 'two')]);
    const again = await openUserStore({ file, cost });
    expect([...again.list()].sort()).toEqual(['alice', 'bob']);
    expect(await again.verify('bob', 'two')).toBe('bob');
  });

  it('is readable by its owner only, holds no password, and leaves nothing beside it', async () => {
    const store = await openUserStore({ file, cost });
    await store.add('alice', 'open sesame');
    await store.add('bob', 'another one');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toMatch(/open sesame|another one/);
    expect(await readdir(join(directory, 'deep'))).toEqual(['users.json']);
  });

  it.each([
    ['', 'empty'],
    ['{', 'cut'],
    ['[]', 'a list'],
    ['null', 'null'],
    ['{"version":2,"users":[]}', 'of another version'],
    ['{"version":1,"users":[{"name":"a"}]}', 'without a hash'],
    ['{"version":1,"users":[{"name":"a","password":{"N":2,"r":1,"p":1,"salt":"","hash":""}}]}', 'with an empty hash'],
  ])('is an error in one line when the file is not one: %j (%s)', async (text) => {
    const path = join(directory, 'users.json');
    await writeFile(path, text);
    await expect(openUserStore({ file: path })).rejects.toThrow(
      new UserFileError(`${path} is not a file of accounts; delete it to start with a new account`),
    );
  });

  it('is an error in one line when it cannot be read or written', async () => {
    await expect(openUserStore({ file: directory })).rejects.toThrow(
      `cannot read the accounts in ${directory} (EISDIR)`,
    );
    await writeFile(join(directory, 'plain'), '');
    const store = await openUserStore({ cost, file: join(directory, 'missing', 'users.json') });
    await rm(directory, { recursive: true });
    await writeFile(directory, '');
    await expect(store.add('a', 'b')).rejects.toThrow(UserFileError);
  });
});

describe('roles and removal', () => {
  const read = parseRoles(['read']);

  it('are those the account was added with, and stay when it gets another password', async () => {
    const store = await openUserStore({ cost });
    await store.add('alice', 'one', read);
    await store.add('alice', 'two');
    expect(store.accountOf('alice')?.permissions?.allows('read', 'a', [])).toBe(true);
    expect(store.accountOf('alice')?.permissions?.allows('write', 'a', [])).toBe(false);
  });

  it('are everything unless they are given', async () => {
    const store = await openUserStore({ cost });
    await store.add('alice', 'one');
    expect(store.accountOf('alice')).toEqual({ name: 'alice', permissions: undefined, revoked: false });
  });

  it('change for those who have signed in, and end nothing', async () => {
    const store = await openUserStore({ cost });
    await store.add('alice', 'one');
    const account = store.accountOf('alice');
    await store.setRoles('ALICE', read);
    expect([account?.revoked, account?.permissions?.allows('write', 'a', [])]).toEqual([false, false]);
    await store.setRoles('alice', undefined);
    expect(account?.permissions).toBeUndefined();
    expect(await store.verify('alice', 'one')).toBe('alice');
  });

  it('revoke the account that is removed or gets another password, and no other', async () => {
    const store = await openUserStore({ cost });
    for (const name of ['alice', 'bob', 'carol']) await store.add(name, 'secret');
    const before = ['alice', 'bob', 'carol'].map((name) => store.accountOf(name));
    await store.remove('Alice');
    await store.add('bob', 'secret');
    expect(before.map((account) => account?.revoked)).toEqual([true, true, false]);
    expect(store.list()).toEqual(['bob', 'carol']);
    expect(await store.verify('alice', 'secret')).toBeUndefined();
  });

  it('need an account', async () => {
    const store = await openUserStore({ cost });
    await expect(store.remove('mallory')).rejects.toThrow(new AccountError('there is no user mallory'));
    await expect(store.setRoles('mallory', read)).rejects.toThrow(AccountError);
  });
});

describe('a file of accounts that several processes change', () => {
  let directory: string;
  let file: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cimulator-users-'));
    file = join(directory, 'users.json');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('loses nothing', async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => openUserStore({ file, cost })));
    await Promise.all(stores.map((store, index) => store.add(`user${index}`, 'secret')));
    expect([...(await openUserStore({ file, cost })).list()].sort()).toEqual(stores.map((_store, i) => `user${i}`));
    expect(await readdir(directory)).toEqual(['users.json']);
  });

  it('is taken over by a store that watches it: accounts, passwords, roles and removals', async () => {
    const other = await openUserStore({ file, cost });
    await other.add('alice', 'one');
    const store = await openUserStore({ file, cost, watch: { onProblem: expect.unreachable } });
    try {
      const alice = store.accountOf('alice');
      await other.add('bob', 'two');
      await other.setRoles('alice', parseRoles(['read']));
      await vi.waitFor(
        () => expect([store.list(), alice?.permissions]).toEqual([['alice', 'bob'], expect.anything()]),
        WAIT,
      );
      expect([await store.verify('bob', 'two'), alice?.revoked]).toEqual(['bob', false]);
      await other.remove('alice');
      await vi.waitFor(() => expect(alice?.revoked).toBe(true), WAIT);
    } finally {
      store.close();
    }
  });

  it('leaves the accounts as they were when it cannot be read', async () => {
    const problems: string[] = [];
    const watch = { onProblem: (problem: string) => void problems.push(problem) };
    const store = await openUserStore({ file, cost, watch });
    try {
      await store.add('alice', 'one');
      await writeFile(file, '{');
      await vi.waitFor(() => expect(problems).toHaveLength(1), WAIT);
      expect(problems[0]).toBe(
        `${file} is not a file of accounts; delete it to start with a new account; the accounts stay as they were`,
      );
      expect(store.list()).toEqual(['alice']);
    } finally {
      store.close();
    }
  });

  it.each(['read,write', 'root', 'none', 7])('is none when it names a role that is none: %j', async (role) => {
    const store = await openUserStore({ file, cost });
    await store.add('alice', 'one');
    const content = JSON.parse(await readFile(file, 'utf8'));
    content.users[0].roles = [role];
    await writeFile(file, JSON.stringify(content));
    await expect(openUserStore({ file })).rejects.toThrow(UserFileError);
  });
});

describe('NT hashes', () => {
  let directory: string;
  let path: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'accounts-'));
    path = join(directory, 'users.json');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const open = (ntHashes: boolean) => openUserStore({ cost, file: path, ntHashes });

  it('are kept when they are asked for, and found by any form of the name', async () => {
    await (await open(true)).add('Alice', 'Password');
    const found = (await open(true)).ntHashOf('LAB\\alice');
    expect([found.user, found.hash.toString('hex')]).toEqual(['Alice', 'a4f49c406510bdcab6824ee7c30fd852']);
  });

  it('are in a file that only its owner may read', async () => {
    await (await open(true)).add('Alice', 'Password');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('are not made unless they are asked for', async () => {
    await (await open(false)).add('Alice', 'Password');
    expect(await readFile(path, 'utf8')).not.toContain('ntHash');
  });

  it('are dropped when the file is next written without them', async () => {
    await (await open(true)).add('Alice', 'Password');
    await (await open(false)).add('Bob', 'x');
    expect(await readFile(path, 'utf8')).not.toContain('ntHash');
  });

  it('change with the password', async () => {
    const store = await open(true);
    await store.add('Alice', 'one');
    const before = store.ntHashOf('Alice').hash;
    await store.add('Alice', 'two');
    expect(store.ntHashOf('Alice').hash).not.toEqual(before);
  });

  it('of nobody are decoys: the same one every time, and the reason with it', async () => {
    const store = await open(true);
    const [one, two] = [store.ntHashOf('mallory'), store.ntHashOf('trudy')];
    expect(one).toEqual({ user: undefined, hash: two.hash, problem: 'no such user:' });
    expect(one.hash).toHaveLength(16);
  });

  it('of an account from before are missing, and the log learns what to do', async () => {
    await (await open(false)).add('Alice', 'Password');
    expect((await open(true)).ntHashOf('Alice')).toMatchObject({
      ...{ user: undefined, problem: 'an account without NT hash (set its password again):' },
    });
  });

  it.each(['"AAAA"', '5', 'null'])('are not taken from a file as %s', async (value) => {
    await (await open(true)).add('Alice', 'Password');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/"ntHash": "[^"]*"/, `"ntHash": ${value}`));
    await expect(open(true)).rejects.toThrow(UserFileError);
  });
});

describe('a password hash', () => {
  it('differs every time', async () => {
    const [one, two] = await Promise.all([hashPassword('x', cost), hashPassword('x', cost)]);
    expect(one.salt).not.toBe(two.salt);
    expect(one.hash).not.toBe(two.hash);
  });

  it.each([{ N: 3 }, { N: 1 }, { N: 2 ** 30 }, { r: 0 }, { p: 1.5 }, { salt: 'AAAA' }, { hash: 'AAAA' }, { hash: 5 }])(
    'is not taken from a file with %j',
    async (change) => {
      const good = await hashPassword('x', cost);
      expect(isPasswordHash(good)).toBe(true);
      expect(isPasswordHash({ ...good, ...change })).toBe(false);
    },
  );
});
