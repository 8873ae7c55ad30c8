import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureAccount } from '../../../src/auth/accounts/first-account.js';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';

const cost = { N: 2, r: 1, p: 1 };

describe('the first account', () => {
  it('is made with a random password when there is none, which is told once', async () => {
    const store = await openUserStore({ cost });
    const made = await ensureAccount(store);
    expect(made).toEqual({ name: 'cimulator', password: expect.stringMatching(/^[A-Za-z2-9]{20}$/) });
    expect(await store.verify('cimulator', made.password ?? '')).toBe('cimulator');
    expect(await ensureAccount(store)).toEqual({ name: 'cimulator' });
  });

  it('is made once by several that start on one folder, and the password that is told is the right one', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cimulator-users-'));
    const file = join(directory, 'users.json');
    const stores = await Promise.all(Array.from({ length: 4 }, () => openUserStore({ cost, file })));
    const told = await Promise.all(stores.map(ensureAccount));
    const [password, ...others] = told.flatMap((one) => one.password ?? []);
    expect(others).toEqual([]);
    for (const store of stores) expect(await store.verify('cimulator', password ?? '')).toBe('cimulator');
    await rm(directory, { recursive: true });
  });

  it('is none beside one that was added meanwhile under another name', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cimulator-users-'));
    const file = join(directory, 'users.json');
    const store = await openUserStore({ cost, file });
    await (await openUserStore({ cost, file })).add('alice', 'secret');
    expect(await ensureAccount(store)).toEqual({ name: 'alice' });
    await rm(directory, { recursive: true });
  });

  it('is the one there is', async () => {
    const store = await openUserStore({ cost });
    await store.add('alice', 'secret');
    expect(await ensureAccount(store)).toEqual({ name: 'alice' });
    expect(store.list()).toEqual(['alice']);
  });
});
