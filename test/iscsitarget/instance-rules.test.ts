import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { CimStatus, type CimStatusName } from '../../src/cim/model/cim-status.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { instanceRules } from '../../src/iscsitarget/instance-rules.js';
import { build, createLab, namespace, port, service, setting, system } from './replication-lab.js';

type Values = Readonly<Record<string, CimValue>>;

const failing = (status: CimStatusName) => expect.objectContaining({ name: 'CimError', status: CimStatus[status] });
const instance = (className: string, values: Values) => new CimInstance(className, Object.entries(values));
const changes = (values: Values) => new NameMap(Object.entries(values));
const capabilities = new InstancePath({
  namespace,
  className: 'MSISCSITARGET_StorageReplicationCapabilities',
  keys: { InstanceID: 'capabilities:a' },
});

describe('the rules for instances', () => {
  it('cover every root class, so that nothing is open that nobody thought of', async () => {
    const { broker } = await createLab();
    const roots = (await broker.enumerateClasses(namespace, { deep: false })).map(({ name }) => name);
    expect(roots.filter((name) => !Object.hasOwn(instanceRules, name))).toEqual([]);
  });

  it('name only classes that exist', async () => {
    const { schema } = await createLab();
    expect(Object.keys(instanceRules).filter((name) => !schema.findClass(name))).toEqual([]);
  });
});

describe('a client', () => {
  it.each([
    ['a system', system('bare')],
    ['a service', service('a')],
    ['a port', port('a', 'tcp-1')],
    ['capabilities', capabilities],
  ])('may neither change nor delete %s', async (_, path) => {
    const { broker, dump } = await createLab();
    const before = await dump();
    await expect(broker.modifyInstance(path, changes({ ElementName: 'x' }))).rejects.toEqual(failing('NotSupported'));
    await expect(broker.deleteInstance(path)).rejects.toEqual(failing('NotSupported'));
    expect(await dump()).toEqual(before);
  });

  it.each([
    ['a system', build('MSFTSM_ComputerSystem', { CreationClassName: 'MSFTSM_ComputerSystem', Name: 'new' })],
    ['a pipe', build('CIMULATOR_ReplicationPipe', { InstanceID: 'mine' })],
    ['an association', build('MSISCSITARGET_HostedService', { Antecedent: system('bare'), Dependent: service('a') })],
  ])('may not create %s', async (_, given) => {
    const { broker } = await createLab();
    await expect(broker.createInstance(namespace, given)).rejects.toEqual(failing('NotSupported'));
  });

  it('may delete none of the parts of a pipe', async () => {
    const lab = await createLab();
    await lab.createPipe();
    for (const className of [
      'CIMULATOR_ReplicationPipeEndpoint',
      'CIMULATOR_HostedNetworkPipe',
      'CIMULATOR_PeerNetwork',
    ]) {
      const [part] = await lab.all(className);
      const deleted = lab.broker.deleteInstance(part?.path ?? system('none'));
      await expect(deleted).rejects.toEqual(failing('NotSupported'));
    }
  });

  it('may rename a pipe and change nothing else of it', async () => {
    const { broker, createPipe } = await createLab();
    const pipe = await createPipe();
    await broker.modifyInstance(pipe, changes({ ElementName: 'green' }));
    expect((await broker.getInstance(pipe)).get('ElementName')).toBe('green');
    const other = broker.modifyInstance(pipe, changes({ Directionality: 2 }));
    await expect(other).rejects.toEqual(failing('InvalidParameter'));
  });

  it('may send back a whole pipe with another name', async () => {
    const { broker, createPipe } = await createLab();
    const pipe = await createPipe();
    const all = (await broker.getInstance(pipe)).with({ ElementName: 'green' });
    await broker.modifyInstance(pipe, new NameMap(all.properties));
    expect((await broker.getInstance(pipe)).get('ElementName')).toBe('green');
  });
});

describe('a hardware id', () => {
  const given = { InstanceID: 'iqn:1', StorageID: 'iqn.1991-05.com.example:host', IDType: 5 };

  it('can be created, changed and deleted', async () => {
    const { broker, store } = await createLab();
    const path = await broker.createInstance(namespace, instance('MSISCSITARGET_StorageHardwareID', given));
    const changed = await broker.modifyInstance(path, changes({ StorageID: 'iqn.1991-05.com.example:other' }));
    expect(changed?.get('StorageID')).toBe('iqn.1991-05.com.example:other');
    await broker.deleteInstance(path);
    expect(await store.count(namespace, ['MSISCSITARGET_StorageHardwareID'])).toEqual([0]);
  });

  it('gets an InstanceID when the client names none', async () => {
    const { broker } = await createLab();
    const { InstanceID: _, ...rest } = given;
    const path = await broker.createInstance(namespace, instance('MSISCSITARGET_StorageHardwareID', rest));
    expect(path.keys.get('InstanceID')).toMatch(/^cimulator:hardware-id:[0-9a-f-]{36}$/);
  });

  it.each(['StorageID', 'IDType'])('must have a %s, now and later', async (name) => {
    const { broker } = await createLab();
    const without = instance('MSISCSITARGET_StorageHardwareID', { ...given, [name]: null });
    await expect(broker.createInstance(namespace, without)).rejects.toEqual(failing('InvalidParameter'));
    const path = await broker.createInstance(namespace, instance('MSISCSITARGET_StorageHardwareID', given));
    const change = broker.modifyInstance(path, changes({ [name]: null }));
    await expect(change).rejects.toEqual(failing('InvalidParameter'));
  });

  it('cannot be deleted while a subject is authorized by it', async () => {
    const lab = await createLab();
    const path = await lab.broker.createInstance(namespace, instance('MSISCSITARGET_StorageHardwareID', given));
    const privilege = build('MSISCSITARGET_AuthorizedPrivilege', { InstanceID: 'p' });
    const ends = { Privilege: privilege.path ?? null, PrivilegedElement: path };
    await lab.add(privilege, build('MSISCSITARGET_AuthorizedSubject', ends));
    await expect(lab.broker.deleteInstance(path)).rejects.toEqual(failing('Failed'));
  });
});

describe('a setting', () => {
  it('can be created, changed and deleted, and has a name in any case', async () => {
    const { broker, store } = await createLab();
    const path = await broker.createInstance(namespace, instance('MSISCSITARGET_StorageSetting', {}));
    expect(path.keys.get('InstanceID')).toMatch(/^cimulator:setting:/);
    expect((await broker.getInstance(path)).get('ElementName')).toBe(path.keys.get('InstanceID'));
    await broker.modifyInstance(path, changes({ ElementName: 'fast' }));
    await broker.deleteInstance(path);
    expect(await store.count(namespace, ['MSISCSITARGET_StorageSetting'])).toEqual([0]);
  });

  it('cannot be deleted while a pipe has it', async () => {
    const lab = await createLab();
    await lab.createPipe({ Goal: setting('CIM_SettingData') });
    const [kept] = await lab.all('CIMULATOR_ReplicationPipeSettingData');
    const deleted = lab.broker.deleteInstance(kept?.path ?? system('none'));
    await expect(deleted).rejects.toEqual(failing('Failed'));
  });
});
