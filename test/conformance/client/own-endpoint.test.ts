import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import type { ClientOptions } from '../../../src/client/client-options.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const account = { name: 'lab', password: 'sécret:1' };
const service = parseInstancePath(
  'MSISCSITARGET_StorageConfigurationService.SystemCreationClassName="MSFTSM_ComputerSystem",' +
    'SystemName="iscsi-a.lab.example",CreationClassName="MSISCSITARGET_StorageConfigurationService",Name="StorageConfigurationService"',
);
const [SourceSystem, TargetSystem] = ['iscsi-a', 'iscsi-b'].map((name) => {
  const keys = { CreationClassName: 'MSFTSM_ComputerSystem', Name: `${name}.lab.example` };
  return new InstancePath({ className: 'MSFTSM_ComputerSystem', keys });
}) as [InstancePath, InstancePath];

let endpoint: Endpoint;
const clients: WsmanClient[] = [];
beforeAll(async () => {
  endpoint = await startEndpoint({ users: [account] });
});
afterAll(async () => {
  for (const client of clients) await client.close();
  await endpoint.close();
});

function connect(options: Partial<ClientOptions> = {}): WsmanClient {
  const url = endpoint.http?.url ?? '';
  const client = createClient({ url, user: account.name, password: account.password, ...options });
  clients.push(client);
  return client;
}

const METHOD = 'CreateOrModifyReplicationPipe';

describe('the client and this endpoint, which share no code for the wire', () => {
  it.each([
    ['DMTF resource URIs', {}],
    ['WMI resource URIs', { resourceUriFamily: 'wmi' }],
    ['UTF-16', { charset: 'utf-16' }],
  ] as const)('make a pipe with %s, whose name has every kind of character', async (_what, options) => {
    const PipeElementName = 'a<b>&"\'\t é 漢 😀';
    const { returnValue, outputs } = await connect(options).invoke(service, METHOD, {
      PipeElementName,
      SourceSystem,
      TargetSystem,
    });
    expect(returnValue).toBe(0);
    const pipe = outputs.get('ReplicationPipe') as InstancePath;
    expect((await endpoint.broker.getInstance(pipe)).get('ElementName')).toBe(PipeElementName);
  });

  it('change a pipe by the reference that made it', async () => {
    const client = connect();
    const systems = { SourceSystem, TargetSystem };
    const made = await client.invoke(service, METHOD, { ...systems, PipeElementName: 'old' });
    const ReplicationPipe = made.outputs.get('ReplicationPipe') as InstancePath;
    const changed = await client.invoke(service, METHOD, { ...systems, PipeElementName: 'new', ReplicationPipe });
    expect(String(changed.outputs.get('ReplicationPipe'))).toBe(String(ReplicationPipe));
    expect((await endpoint.broker.getInstance(ReplicationPipe)).get('ElementName')).toBe('new');
  });

  it('take systems and goal as embedded instances', async () => {
    const embed = (path: InstancePath) => new CimInstance(path.className, path.keys);
    const goal = new CimInstance('CIM_SettingData', [
      ['InstanceID', 'g'],
      ['ElementName', 'goal'],
    ]);
    const { returnValue } = await connect().invoke(service, METHOD, {
      SourceSystem: embed(SourceSystem),
      TargetSystem: embed(TargetSystem),
      Goal: goal,
    });
    expect(returnValue).toBe(0);
  });

  it('tell a refusal of the method from a fault', async () => {
    const { returnValue } = await connect().invoke(service, METHOD, { SourceSystem, TargetSystem: SourceSystem });
    expect(returnValue).toBe(5);
  });

  it.each([
    ['an unknown method', service, 'NoSuchMethod', {}, 'ActionNotSupported', 'MethodNotFound'],
    ['an unknown class', 'CIM_NoSuchClass', METHOD, {}, 'DestinationUnreachable', 'InvalidClass'],
    ['an unknown parameter', service, METHOD, { Nothing: 1 }, 'InvalidParameter', 'InvalidParameter'],
  ] as const)('speak of %s in the same terms', async (_what, target, method, parameters, name, cimStatusName) => {
    const call = connect().invoke(target, method, parameters);
    await expect(call).rejects.toMatchObject({ subcode: { name }, cimStatusName });
  });

  it('agree on credentials', async () => {
    await expect(connect({ password: 'wrong' }).identify()).rejects.toMatchObject({ failure: 'unauthorized' });
    expect((await connect().identify()).securityProfiles).not.toEqual([]);
  });
});
