import { expect, it } from 'vitest';
import { systemAccount } from '../../../src/windows/security/system-accounts.js';

it.each([
  ['LocalSystem', 'SYSTEM'],
  ['.\\LocalSystem', 'SYSTEM'],
  ['nt authority\\system', 'SYSTEM'],
  ['S-1-5-18', 'SYSTEM'],
  ['NT AUTHORITY\\LocalService', 'LOCAL SERVICE'],
  ['Network Service', 'NETWORK SERVICE'],
  ['SRV01\\LocalService', undefined],
  ['lab', undefined],
  ['', undefined],
])('%s means %s', (account, name) => {
  expect(systemAccount(account)?.name).toBe(name);
});
