import { expect, it } from 'vitest';
import { createMachine } from '../machine.js';

const DEVICE = '\\\\?\\Volume{11111111-2222-3333-4444-000000000001}\\';

it('makes a shadow copy whose room is taken from what is set aside, and given back', async () => {
  const machine = await createMachine();
  const { ShadowID, ReturnValue } = await machine.call('Create', 'Win32_ShadowCopy', { Volume: 'C:\\' });
  expect(ReturnValue).toBe(0);
  const copy = `Win32_ShadowCopy.ID="${ShadowID}"`;
  const shown = await machine.get(copy, 'VolumeName', 'ClientAccessible', 'OriginatingMachine', 'State');
  expect(shown).toEqual([DEVICE, true, 'srv01.lab.example', 9]);

  const storage = async () => {
    const volume = machine.path(`Win32_Volume.DeviceID="${DEVICE.replaceAll('\\', '\\\\')}"`);
    const [found] = await machine.broker.references(volume, { associationClass: 'Win32_ShadowStorage' });
    return [found?.get('UsedSpace'), found?.get('MaxSpace')];
  };
  expect(await storage()).toEqual([33_554_432n, 10_737_418_240n]);
  await machine.broker.deleteInstance(machine.path(copy));
  expect(await storage()).toEqual([0n, 10_737_418_240n]);
});
