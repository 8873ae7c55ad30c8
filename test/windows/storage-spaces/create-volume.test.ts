import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import { STORAGE } from '../../../src/windows/namespaces.js';
import { PASSWORD, runEndpoint, USER } from '../../support/running-endpoint.js';

const GIBIBYTE = 1_073_741_824n;
const server = runEndpoint({ port: 0, lab: 'storage-spaces' });
let client: WsmanClient;

beforeAll(() => {
  client = createClient({ url: server.url, user: USER, password: PASSWORD, namespace: STORAGE });
});

afterAll(() => client.close());

const all = async (className: string, namespace = STORAGE): Promise<CimInstance[]> => {
  const found: CimInstance[] = [];
  for await (const one of client.enumerate(className, { namespace })) found.push(one);
  return found;
};
const pathOf = ({ path }: CimInstance) => path ?? parseInstancePath('none');

/** Of an instance that an answer holds, which has no path of its own. */
const pathIn = (answer: unknown) => {
  const { className, ...found } = answer as CimInstance;
  const keys = { ObjectId: String(found.properties.get('ObjectId')) };
  return new InstancePath({ namespace: STORAGE, className, keys });
};

it('makes a drive of disks, and keeps all of it in a snapshot while the virtual disk is detached', async () => {
  const [subsystem] = await all('MSFT_StorageSubSystem');
  if (!subsystem) throw new Error('the lab has no storage');
  const disks = (await all('MSFT_PhysicalDisk')).filter((one) => one.get('Size') === 100n * GIBIBYTE);
  expect(disks).toHaveLength(5);
  const call = async (on: InstancePath, method: string, input = {}) => {
    const { returnValue, outputs } = await client.invoke(on, method, input);
    expect(returnValue, method).toBe(0);
    return outputs;
  };
  const created = await call(pathOf(subsystem), 'CreateStoragePool', { FriendlyName: 'Pool', PhysicalDisks: disks });
  const pool = pathIn(created.get('CreatedStoragePool'));
  const input = { FriendlyName: 'Data', Size: 8n * GIBIBYTE, ResiliencySettingName: 'Parity', FileSystem: 14 };
  const made = await call(pool, 'CreateVolume', { ...input, AccessPath: 'P:' });
  expect((made.get('CreatedVolume') as CimInstance).get('FileSystemLabel')).toBe('Data');
  const drives = async () => (await all('Win32_LogicalDisk', 'root/cimv2')).map((one) => one.get('DeviceID'));
  expect(await drives()).toContain('P:');

  const [virtual] = await all('MSFT_VirtualDisk');
  if (!virtual) throw new Error('there is no virtual disk');
  expect([virtual.get('NumberOfColumns'), virtual.get('FootprintOnPool')]).toEqual([5, 10n * GIBIBYTE]);
  await call(pathOf(virtual), 'Detach');
  expect(await drives()).not.toContain('P:');
  const snapshot = await server.endpoint.snapshot();
  await call(pathOf(virtual), 'DeleteObject');
  await call(pool, 'DeleteObject');
  await server.endpoint.restore(snapshot);
  await call(pathOf(virtual), 'Attach');
  expect(await drives()).toContain('P:');
  expect((await all('MSFT_StoragePool')).map((one) => one.get('FriendlyName')).sort()).toEqual(['Pool', 'Primordial']);
});
