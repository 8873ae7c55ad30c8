import { expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createMemoryStore } from '../../../src/store/memory/memory-store.js';
import { findAccount, findWellKnown, GROUP_CLASSES, plainName } from '../../../src/windows/security/find-account.js';

const accounts = [
  { className: 'Win32_UserAccount', Domain: 'LAB', Name: 'lab', SID: 'S-1-5-21-1-2-3-1001', LocalAccount: false },
  { className: 'Win32_UserAccount', Domain: 'LAB', Name: 'svc', SID: 'S-1-5-21-1-2-3-1002', LocalAccount: false },
  { className: 'Win32_UserAccount', Domain: 'SRV01', Name: 'lab', SID: 'S-1-5-21-4-5-6-1000', LocalAccount: true },
  { className: 'Win32_Group', Domain: 'SRV01', Name: 'Lab Operators', SID: 'S-1-5-21-4-5-6-1001', LocalAccount: true },
];

async function storeOfAccounts() {
  const store = createMemoryStore();
  await store.transaction(async (transaction) => {
    for (const { className, ...values } of accounts) {
      const { Domain, Name } = values;
      const path = new InstancePath({ namespace: 'root/cimv2', className, keys: { Domain, Name } });
      await transaction.put(new CimInstance(className, Object.entries(values), path));
    }
  });
  return store;
}

it.each([
  ['lab', 'SRV01\\lab'],
  ['LAB', 'SRV01\\lab'],
  ['.\\lab', 'SRV01\\lab'],
  ['lab@lab.example', 'SRV01\\lab'],
  ['srv01\\LAB', 'SRV01\\lab'],
  ['LAB\\lab', 'LAB\\lab'],
  ['svc', 'LAB\\svc'],
  ['.\\svc', undefined],
  ['OTHER\\lab', undefined],
  ['s-1-5-21-1-2-3-1001', 'LAB\\lab'],
  ['S-1-5-21-9-9-9-1001', undefined],
  ['Lab Operators', 'SRV01\\Lab Operators'],
  ['', undefined],
])('%s means %s', async (account, meant) => {
  const found = await findAccount(await storeOfAccounts(), account);
  expect(found && `${found.getString('Domain')}\\${found.getString('Name')}`).toBe(meant);
});

it('looks among the classes that are asked for', async () => {
  const store = await storeOfAccounts();
  expect(await findAccount(store, 'lab', GROUP_CLASSES)).toBeUndefined();
});

it.each([
  ['everyone', 'S-1-1-0'],
  ['BUILTIN\\Users', 'S-1-5-32-545'],
  ['S-1-5-32-545', 'S-1-5-32-545'],
  ['SRV01\\Users', undefined],
])('%s is known to be %s', (account, sid) => {
  expect(findWellKnown(account)?.sid).toBe(sid);
});

it.each(['lab', 'LAB\\lab', '.\\lab', 'lab@lab.example'])('%s is lab without its domain', (account) => {
  expect(plainName(account)).toBe('lab');
});
