import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountError } from '../../src/auth/accounts/change-users.js';
import { RoleError } from '../../src/auth/accounts/role.js';
import { createClosers } from '../../src/endpoint/closers.js';
import { openAccounts } from '../../src/endpoint/open-accounts.js';
import { openLogger } from '../../src/endpoint/open-logger.js';

const logger = openLogger({ logLevel: 'fatal' });
const users = [
  { name: 'alice', password: 'one', roles: ['read'] },
  { name: 'bob', password: 'two' },
];

describe('given accounts', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are there at once, and hashed after the start', async () => {
    const accounts = await openAccounts({ users }, logger, createClosers());
    const hashGiven = vi.spyOn(accounts.users, 'hashGiven');
    expect(accounts.first).toEqual({ name: 'alice', password: 'one' });
    expect(accounts.users.describe().map(({ name, roles }) => [name, roles])).toEqual([
      ['alice', ['read']],
      ['bob', ['read', 'write', 'execute']],
    ]);
    await vi.advanceTimersByTimeAsync(999);
    expect(hashGiven).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(hashGiven).toHaveBeenCalledTimes(1);
    await hashGiven.mock.results[0]?.value;
  });

  it('are not hashed any more when the endpoint was closed before', async () => {
    const closers = createClosers();
    const accounts = await openAccounts({ users }, logger, closers);
    const hashGiven = vi.spyOn(accounts.users, 'hashGiven');
    await closers.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(hashGiven).not.toHaveBeenCalled();
  });

  it.each([
    [{ name: '', password: 'x' }, AccountError],
    [{ name: 'ALICE', password: 'x' }, AccountError],
    [{ name: 'carol', password: 'x', roles: ['rule'] }, RoleError],
  ])('that cannot be are told at the start: %j', async (wrong, error) => {
    await expect(openAccounts({ users: [...users, wrong] }, logger, createClosers())).rejects.toThrow(error);
  });
});
