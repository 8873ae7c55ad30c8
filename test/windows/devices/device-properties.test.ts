import { afterAll, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { objectPath } from '../../../src/windows/table-paths.js';
import { createMachine } from '../machine.js';

const ADAPTER = 'Win32_PnPEntity.DeviceID="PCI\\\\VEN_C0A0&DEV_0001\\\\1"';

const machine = await createMachine();
afterAll(() => machine.close());

async function properties(devicePropertyKeys?: readonly string[]) {
  const answer = await machine.call('GetDeviceProperties', ADAPTER, devicePropertyKeys && { devicePropertyKeys });
  expect(answer.ReturnValue).toBe(0);
  const found = answer.deviceProperties;
  if (!Array.isArray(found)) throw new TypeError('no properties came');
  return found.map((one) => {
    if (!(one instanceof CimInstance)) throw new TypeError('no instance came');
    return [
      one.className.slice('Win32_PnPDeviceProperty'.length),
      one.get('KeyName'),
      one.get('Type'),
      one.get('Data'),
    ];
  });
}

describe('GetDeviceProperties', () => {
  it('tells what the device says, each in the class for its type', async () => {
    const all = await properties();
    expect(all).toContainEqual(['String', 'DEVPKEY_NAME', 18, 'Contoso Ethernet Adapter']);
    expect(all).toContainEqual(['StringArray', 'DEVPKEY_Device_HardwareIds', 8210, ['PCI\\VEN_C0A0&DEV_0001']]);
    expect(all).toContainEqual(['Uint32', 'DEVPKEY_Device_ProblemCode', 7, 0]);
    expect(all).toContainEqual(['Boolean', 'DEVPKEY_Device_IsPresent', 17, true]);
    expect(all.map(([, name]) => name)).not.toContain('DEVPKEY_Device_CompatibleIds');
  });

  it('tells those that are asked for in their order, by name or by key, and of others that they are empty', async () => {
    const asked = ['{a45c254e-df1c-4efd-8020-67d146a850e0} 24', 'devpkey_device_service', 'DEVPKEY_Lab_Unknown'];
    expect(await properties(asked)).toEqual([
      ['String', 'DEVPKEY_Device_EnumeratorName', 18, 'PCI'],
      ['String', 'DEVPKEY_Device_Service', 18, 'ctsnic'],
      ['String', 'DEVPKEY_Lab_Unknown', 0, null],
    ]);
    expect(await properties([])).toEqual([]);
  });

  it('tells that the adapter is disabled which the device is', async () => {
    await machine.call('Disable', objectPath('Win32_NetworkAdapter', { DeviceID: '1' }));
    const [told] = await properties(['DEVPKEY_Device_ProblemCode']);
    expect([told?.[3]]).toEqual(await machine.get(ADAPTER, 'ConfigManagerErrorCode'));
    expect(told?.[3]).toBe(22);
  });
});
