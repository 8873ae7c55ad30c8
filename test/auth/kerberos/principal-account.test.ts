import { describe, expect, it } from 'vitest';
import { foldAccountName } from '../../../src/auth/accounts/account-name.js';
import { accountOfPrincipal } from '../../../src/auth/kerberos/principal-account.js';

const SERVICE = 'HTTP/iscsi-a.lab.example@LAB.EXAMPLE';
const accountOf = (client: string, accounts = ['Alice', 'LAB\\bob', 'carol@lab.example']) =>
  accountOfPrincipal({ client, service: SERVICE }, (name) =>
    accounts.find((account) => foldAccountName(account) === foldAccountName(name)),
  );

describe('the account of a principal', () => {
  it.each(['alice@LAB.EXAMPLE', 'ALICE@LAB.EXAMPLE'])('%s is that of its name, without case', (client) => {
    expect(accountOf(client)).toEqual({ user: 'Alice' });
  });

  it.each([
    ['mallory@LAB.EXAMPLE', 'no account for'],
    // Domains of account names play no part: only the whole name counts.
    ['bob@LAB.EXAMPLE', 'no account for'],
    ['carol@LAB.EXAMPLE', 'no account for'],
    ['alice@OTHER.EXAMPLE', 'of another realm than the service'],
    ['alice@lab.example', 'of another realm than the service'],
    ['alice/admin@LAB.EXAMPLE', 'not that of a user'],
    ['HTTP/alice@LAB.EXAMPLE', 'not that of a user'],
    ['alice\\@LAB.EXAMPLE@OTHER.EXAMPLE', 'not that of a user'],
    ['alice@LAB.EXAMPLE@OTHER.EXAMPLE', 'not that of a user'],
    ['LAB\\\\alice@LAB.EXAMPLE', 'not that of a user'],
    ['WELLKNOWN/ANONYMOUS@WELLKNOWN:ANONYMOUS', 'not that of a user'],
    ['alice', 'not that of a user'],
    ['@LAB.EXAMPLE', 'not that of a user'],
    ['', 'not that of a user'],
  ])('%s is nobody: %s', (client, problem) => {
    expect(accountOf(client)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('is nobody when the service is of no realm', () => {
    expect(accountOfPrincipal({ client: 'alice@LAB.EXAMPLE', service: '' }, (name) => name)).toEqual({
      problem: expect.stringContaining('of another realm'),
    });
  });
});
