import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { parseInstancePath } from '../../../src/cim/model/parse-instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';

const TARGET = 'root/cimv2/storage/iScsiTarget';

let endpoint: Endpoint;
let client: WsmanClient;

beforeAll(async () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  endpoint = await startEndpoint({ port: 0, users: [{ name: 'smis', password: 'secret' }], logger });
  client = createClient({ url: endpoint.http?.url ?? '', user: 'smis', password: 'secret', namespace: 'root/interop' });
});

afterAll(async () => {
  await client.close();
  await endpoint.close();
});

async function all(instances: AsyncIterable<CimInstance>): Promise<readonly CimInstance[]> {
  const found: CimInstance[] = [];
  for await (const one of instances) found.push(one);
  return found;
}

const valuesOf = (instances: readonly CimInstance[], name: string) => instances.map((one) => one.get(name));

describe('the way of an SMI-S client from root/interop', () => {
  it('leads by the profile to the systems, which lie in the namespace of the target', async () => {
    const profiles = await all(client.enumerate('CIM_RegisteredProfile'));
    const array = profiles.find((one) => one.get('RegisteredName') === 'Array');
    expect(array?.get('RegisteredOrganization')).toBe(11);
    if (!array?.path) throw new Error('there is no profile Array');
    const subprofiles = await all(client.associators(array.path, { resultClass: 'CIM_RegisteredSubProfile' }));
    expect(valuesOf(subprofiles, 'RegisteredName')).toContain('Block Services');
    const where = { associationClass: 'CIM_ElementConformsToProfile', resultClass: 'CIM_ComputerSystem' };
    const systems = await all(client.associators(array.path, where));
    expect(valuesOf(systems, 'ElementName')).toEqual(['iscsi-a', 'iscsi-b', 'legacy-c']);
    expect(systems.map(({ path }) => path?.namespace)).toEqual([TARGET, TARGET, TARGET]);
    const wql = `ASSOCIATORS OF {${array.path}} WHERE ResultClass=CIM_ComputerSystem`;
    expect((await all(client.query(wql))).map(String)).toEqual(systems.map(String));
    const inWmi = await all(client.associators(array.path, where, { resourceUriFamily: 'wmi' }));
    expect(inWmi.map(String)).toEqual(systems.map(String));
    expect((await endpoint.cim.find(wql, 'root/interop')).map(String)).toEqual(systems.map(String));
  });

  it('says that no namespace on the way has a class', async () => {
    const path = parseInstancePath('CIM_RegisteredProfile.InstanceID="SNIA:Array"');
    await expect(all(client.associators(path, { resultClass: 'CIM_Nothing' }))).rejects.toThrow('CIM_Nothing');
  });

  it('leads from the system to pools, disks, targets and initiators', async () => {
    const [system] = await all(
      client.query("SELECT * FROM CIM_ComputerSystem WHERE ElementName = 'iscsi-a'", { namespace: TARGET }),
    );
    if (!system?.path) throw new Error('there is no iscsi-a');
    const of = (path: CimInstance['path'], resultClass: string) => {
      if (!path) throw new Error('without a path nothing is associated');
      return all(client.associators(path, { resultClass }));
    };
    const [pool] = await of(system.path, 'CIM_StoragePool');
    const [capabilities] = await of(pool?.path, 'CIM_StorageCapabilities');
    expect(await of(capabilities?.path, 'CIM_StorageSetting')).toHaveLength(1);
    const disks = await of(pool?.path, 'CIM_StorageVolume');
    expect(valuesOf(disks, 'ElementName')).toEqual(['disk-1 of iscsi-a', 'disk-2 of iscsi-a']);
    const allocated = await all(
      client.references(pool?.path ?? system.path, { resultClass: 'CIM_AllocatedFromStoragePool' }),
    );
    const taken = allocated.reduce((sum, one) => sum + Number(one.get('SpaceConsumed')), 0);
    const used = Number(pool?.get('TotalManagedSpace')) - Number(pool?.get('RemainingManagedSpace'));
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThanOrEqual(used);
    const targets = await of(system.path, 'CIM_SCSIProtocolController');
    expect(valuesOf(targets, 'Name')).toEqual(
      ['t1', 't2'].map((name) => `iqn.1991-05.com.microsoft:iscsi-a-${name}-target`),
    );
    const mapped = await Promise.all(targets.map(({ path }) => of(path, 'CIM_StorageVolume')));
    expect(mapped.map((one) => one.length)).toEqual([1, 1]);
    const [privilege] = await of(targets[1]?.path, 'CIM_AuthorizedPrivilege');
    const [initiator] = await of(privilege?.path, 'CIM_StorageHardwareID');
    expect(initiator?.get('StorageID')).toBe('iqn.1991-05.com.microsoft:srv02.lab.example');
  });

  it('finds the object manager by the profile Server, and by that the namespaces', async () => {
    const [manager] = await all(
      client.associators(parseInstancePath('CIM_RegisteredProfile.InstanceID="SNIA:Server"'), {
        resultClass: 'CIM_ObjectManager',
      }),
    );
    if (!manager?.path) throw new Error('there is no object manager');
    const namespaces = await all(client.associators(manager.path, { resultClass: 'CIM_Namespace' }));
    expect(valuesOf(namespaces, 'Name').sort()).toEqual(['root/cimv2/storage/iScsiTarget', 'root/interop']);
    const mechanisms = await all(client.associators(manager.path, { associationClass: 'CIM_CommMechanismForManager' }));
    expect(valuesOf(mechanisms, 'CommunicationMechanism')).toEqual([4]);
  });
});

describe('root/wmi', () => {
  const namespace = 'root/wmi';

  it('has the target in general as one instance without keys', async () => {
    const [general, ...more] = await all(client.enumerate('WT_General', { namespace }));
    expect(more).toEqual([]);
    expect(general?.get('Name')).toBe('iscsi-a');
    const path = parseInstancePath('root/wmi:WT_General=@');
    expect((await client.get(path)).get('AuthenticationMethodsSupported')).toEqual([2, 4]);
  });

  it('has the same disks and targets as the SMI-S namespace, on either computer', async () => {
    const other = endpoint.hosts.get('srv02');
    const of = (name: string) => `SELECT * FROM ${name} WHERE SystemName = 'iscsi-b.lab.example'`;
    const ofB = await endpoint.cim.find(of('CIM_SCSIProtocolController'), TARGET);
    const hosts = await other.cim.find('SELECT * FROM WT_Host', namespace);
    expect(valuesOf(hosts, 'TargetIQN')).toEqual(valuesOf(ofB, 'Name'));
    expect(await other.cim.find('SELECT * FROM CIM_RegisteredProfile', 'root/interop')).not.toEqual([]);

    const named = (instances: readonly CimInstance[], ...names: readonly string[]) =>
      instances.map((one) => names.map((name) => one.get(name)));
    const ofA = (className: string) =>
      all(client.query(`SELECT * FROM ${className} WHERE SystemName = 'iscsi-a.lab.example'`, { namespace: TARGET }));
    const native = (className: string) => all(client.enumerate(className, { namespace }));
    const disks = named(await native('WT_Disk'), 'WTD', 'DevicePath', 'SerialNumber');
    expect(disks).toEqual(named(await ofA('CIM_StorageVolume'), 'MSWTD', 'MSDevicePath', 'Name'));
    const targets = named(await native('WT_Host'), 'HostName', 'TargetIQN');
    expect(targets).toEqual(named(await ofA('CIM_SCSIProtocolController'), 'DeviceID', 'Name'));
    const luns = named(await native('WT_LUNMapping'), 'HostName', 'WTD', 'LUN');
    expect(luns).toEqual([
      ['t1', 1, 0],
      ['t2', 2, 0],
    ]);
  });
});
