import { describe, expect, it, vi } from 'vitest';
import { AccountBookError } from '../../../src/auth/accounts/account-book.js';
import { AccountError } from '../../../src/auth/accounts/change-users.js';
import { ensureAccount } from '../../../src/auth/accounts/first-account.js';
import { sharedBook } from '../../../src/auth/accounts/shared-book.js';
import { openUserStore } from '../../../src/auth/accounts/user-store.js';
import { createMemoryText } from './memory-text.js';

const cost = { N: 2, r: 1, p: 1 };

describe('accounts that endpoints share', () => {
  async function open() {
    const shared = createMemoryText();
    const problems: string[] = [];
    const store = (onProblem = (problem: string) => problems.push(problem)) =>
      openUserStore({ cost, ntHashes: true, book: sharedBook(shared), watch: { onProblem } });
    return { shared, problems, a: await store(), b: await store() };
  }

  it('are added for all of them', async () => {
    const { a, b } = await open();
    await a.add('alice', 'secret');
    await vi.waitFor(async () => expect(await b.verify('alice', 'secret')).toBe('alice'));
    expect(b.ntHashOf('alice').user).toBe('alice');
  });

  it('are removed from all of them, and what was signed in with them ends', async () => {
    const { a, b } = await open();
    await a.add('alice', 'secret');
    await vi.waitFor(() => expect(b.list()).toEqual(['alice']));
    const account = b.accountOf('alice');
    await a.remove('alice');
    await vi.waitFor(() => expect(account?.revoked).toBe(true));
    expect(await b.verify('alice', 'secret')).toBeUndefined();
  });

  it('are all there after many were added at the same time', async () => {
    const { a, b } = await open();
    const names = Array.from({ length: 12 }, (_, i) => `user${i}`);
    await Promise.all(names.map((name, i) => (i % 2 === 0 ? a : b).add(name, 'secret')));
    await vi.waitFor(() => expect([...a.list()].sort()).toEqual([...names].sort()));
  });

  it('cannot be added twice, by whomever', async () => {
    const { a, b } = await open();
    const both = [a.add('alice', 'one', undefined, 'new'), b.add('alice', 'two', undefined, 'new')];
    const results = await Promise.allSettled(both);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((one) => one.status === 'rejected')?.reason).toBeInstanceOf(AccountError);
  });

  it('are added once when the answer of the database was lost', async () => {
    const { shared, a } = await open();
    const { replace } = shared;
    shared.replace = async (version, text) => {
      shared.replace = replace;
      await replace(version, text);
      return false;
    };
    await a.add('alice', 'secret', undefined, 'new');
    expect(a.list()).toEqual(['alice']);
  });

  it('have one first account, whose password one of those that start at once is told', async () => {
    const { a, b } = await open();
    const told = await Promise.all([ensureAccount(a), ensureAccount(b)]);
    const [password, ...others] = told.flatMap((one) => one.password ?? []);
    expect(others).toEqual([]);
    expect(told.map(({ name }) => name)).toEqual(['cimulator', 'cimulator']);
    await vi.waitFor(async () => {
      for (const store of [a, b]) expect(await store.verify('cimulator', password ?? '')).toBe('cimulator');
    });
  });

  it('lie there as in a file, without any password', async () => {
    const { shared, a } = await open();
    await a.add('alice', 'secret word');
    expect(JSON.parse(shared.text ?? '')).toMatchObject({ version: 1, users: [{ name: 'alice', password: { N: 2 } }] });
    expect(shared.text).not.toContain('secret word');
  });

  it('go on as they were while the database is away, which is told', async () => {
    const { shared, problems, a, b } = await open();
    await a.add('alice', 'secret');
    await vi.waitFor(() => expect(b.list()).toEqual(['alice']));
    shared.away = true;
    await expect(a.add('bob', 'secret')).rejects.toThrow(
      new AccountBookError('cannot read the accounts in memory: the database does not answer'),
    );
    expect(await b.verify('alice', 'secret')).toBe('alice');
    shared.text = '';
    await vi.waitFor(() =>
      expect(problems).toContain(
        'cannot read the accounts in memory: the database does not answer; the accounts stay as they were',
      ),
    );
  });

  it('are refused, and stay as they were, when what lies there is something else', async () => {
    const { shared, problems, a } = await open();
    await a.add('alice', 'secret');
    shared.text = '{"version":7}';
    const problem = 'what memory keeps are no accounts that this version reads';
    await vi.waitFor(() => expect(problems).toContain(`${problem}; the accounts stay as they were`));
    expect(a.list()).toEqual(['alice']);
    await expect(a.remove('alice')).rejects.toThrow(new AccountBookError(problem));
    expect(shared.text).toBe('{"version":7}');
  });
});
