import { expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';

const logger = { debug() {}, info() {}, warn() {}, error() {} };

it('methods of Windows that do nothing answer the code that their page has for that, and are not available without one', async () => {
  await using endpoint = await startEndpoint({ port: 0, logger });
  const [drive] = await endpoint.cim.find('SELECT * FROM Win32_DiskDrive', 'root/cimv2');
  for (const method of ['SetPowerState', 'Reset'])
    expect((await endpoint.cim.invoke(String(drive?.path), method)).returnValue).toBe(1);
  const [board] = await endpoint.cim.find('SELECT * FROM Win32_BaseBoard', 'root/cimv2');
  await expect(endpoint.cim.invoke(String(board?.path), 'IsCompatible')).rejects.toMatchObject({ status: 16 });
});
