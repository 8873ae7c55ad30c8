import { expect, it } from 'vitest';
import { createMachine } from '../machine.js';

const plan = (guid: string) => `root/cimv2/power:Win32_PowerPlan.InstanceID="Microsoft:PowerPlan\\\\{${guid}}"`;
const BALANCED = plan('381b4222-f694-41f0-9685-ff5bb260df2e');
const FAST = plan('8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c');

it('has one plan that is active', async () => {
  const machine = await createMachine();
  expect((await machine.call('Activate', FAST)).ReturnValue).toBe(true);
  expect([...(await machine.get(BALANCED, 'IsActive')), ...(await machine.get(FAST, 'IsActive'))]).toEqual([
    false,
    true,
  ]);
});
