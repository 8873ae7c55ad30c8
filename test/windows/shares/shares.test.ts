import { expect, it } from 'vitest';
import { securityDescriptor } from '../../../src/windows/security/security-descriptor.js';
import { ADMINISTRATORS } from '../../../src/windows/security/well-known-sids.js';
import { createMachine } from '../machine.js';

it('gives the rights to a share that its descriptor gives, as long as there is the share', async () => {
  const machine = await createMachine();
  const entry = { sid: ADMINISTRATORS.sid, accessMask: 0x1f01ff, isDenied: false, flags: 0 };
  const made = { Path: 'C:\\Tools', Name: 'Tools', Type: 0 };
  const Access = securityDescriptor(ADMINISTRATORS.sid, [entry], 'Win32_');
  await machine.call('Create', 'Win32_Share', { ...made, Access });
  const share = 'Win32_Share.Name="tools"';
  expect((await machine.call('GetAccessMask', share)).ReturnValue).toBe(0x1f01ff);
  await machine.broker.deleteInstance(machine.path(share));
  await machine.call('Create', 'Win32_Share', made);
  expect((await machine.call('GetAccessMask', share)).ReturnValue).toBe(0x1200a9);
});
