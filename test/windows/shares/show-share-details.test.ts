import { expect, it } from 'vitest';
import { securityDescriptor } from '../../../src/windows/security/security-descriptor.js';
import { ADMINISTRATORS, USERS } from '../../../src/windows/security/well-known-sids.js';
import { objectPath } from '../../../src/windows/table-paths.js';
import { createMachine } from '../machine.js';

const entry = (sid: string, accessMask: number) => ({ sid, accessMask, isDenied: false, flags: 0 });

it('shows the first entry of each account, however many there are', async () => {
  const machine = await createMachine();
  const entries = [entry(USERS.sid, 0x1200a9), entry(ADMINISTRATORS.sid, 0x1f01ff), entry(USERS.sid, 0x1301bf)];
  await machine.call('SetSecurityDescriptor', objectPath('Win32_LogicalShareSecuritySetting', { Name: 'Data' }), {
    Descriptor: securityDescriptor(ADMINISTRATORS.sid, entries, 'Win32_'),
  });
  const setting = machine.path(objectPath('Win32_LogicalShareSecuritySetting', { Name: 'Data' }));
  const found = await machine.broker.references(setting, { associationClass: 'Win32_LogicalShareAccess' });
  expect(found.map((one) => one.get('AccessMask')).sort()).toEqual([0x1200a9, 0x1f01ff]);
  await machine.close();
});
