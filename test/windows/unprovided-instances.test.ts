import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseInstancePath } from '../../src/cim/model/parse-instance-path.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

const own = {
  mof: '#pragma namespace("root/cimv2")\nclass ACME_Fan : CIM_ManagedSystemElement { [Key] string Id; };',
  name: 'own.mof',
};
const server = runEndpoint({ port: 0, lab: ['two-servers', own] });
const refused = { cimStatusName: 'NotSupported', windowsCode: 0x80041024 };
let client: WsmanClient;

beforeAll(() => {
  client = createClient({ url: server.url, user: USER, password: PASSWORD, namespace: 'root/cimv2' });
});

afterAll(() => client.close());

describe("instances of Windows' classes that no provider speaks for", () => {
  it('are not for clients to create or delete where the class does not say so', async () => {
    await expect(client.create('Win32_BIOS', { Name: 'Own', Version: '1' })).rejects.toMatchObject(refused);
    const system = parseInstancePath('Win32_OperatingSystem=@');
    await expect(client.delete(system)).rejects.toMatchObject({ cimStatusName: 'NotSupported' });
    const [processor] = await server.endpoint.cim.find('SELECT * FROM Win32_Processor', 'root/cimv2');
    if (!processor?.path) throw new Error('there is no processor');
    await expect(client.delete(processor.path)).rejects.toMatchObject(refused);
    expect(await client.get(processor.path)).toBeDefined();
  });

  it('are for the house, whatever the class says', async () => {
    const { cim } = server.endpoint;
    const [processor] = await cim.find('SELECT * FROM Win32_Processor', 'root/cimv2');
    if (!processor?.path) throw new Error('there is no processor');
    expect(await cim.delete(processor.path)).toBe(true);
    expect(String(await cim.create(processor))).toBe(String(processor.path));
  });

  it('are for anybody in the repository: those of system classes, and of classes of their own', async () => {
    const filter = { Name: 'walk', Query: 'SELECT * FROM __InstanceCreationEvent', QueryLanguage: 'WQL' };
    await client.delete(await client.create('__EventFilter', filter));
    await client.delete(await client.create('ACME_Fan', { Id: 'one' }));
  });
});
