import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeType } from '../../../src/cim/model/cim-type.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { createClient } from '../../../src/client/create-client.js';
import type { WsmanClient } from '../../../src/client/wsman-client.js';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../../src/endpoint/start-endpoint.js';
import { collect } from '../../client/scripted-server.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const HARDWARE_ID = 'MSISCSITARGET_StorageHardwareID';
const system = new InstancePath({
  namespace: NAMESPACE,
  className: 'MSFTSM_ComputerSystem',
  keys: { CreationClassName: 'MSFTSM_ComputerSystem', Name: 'iscsi-a.lab.example' },
});

let endpoint: Endpoint;
let client: WsmanClient;
let wmiClient: WsmanClient;
beforeAll(async () => {
  endpoint = await startEndpoint({ users: [{ name: 'lab', password: 'secret' }] });
  const options = { url: endpoint.http?.url ?? '', user: 'lab', password: 'secret' };
  client = createClient(options);
  wmiClient = createClient({ ...options, resourceUriFamily: 'wmi', charset: 'utf-16' });
});
afterAll(async () => {
  await client.close();
  await wmiClient.close();
  await endpoint.close();
});

describe('the client and this endpoint', () => {
  it('agree on every value of every instance', async () => {
    const seen = await collect(client.enumerate('CIM_ManagedElement', { maxElements: 7 }));
    for (const instance of seen) {
      const stored = await endpoint.broker.getInstance(instance.path as InstancePath);
      for (const [name, value] of instance.properties) {
        expect(comparable(value), `${instance.path} ${name}`).toEqual(comparable(stored.get(name)));
      }
    }
    expect(seen.length).toBeGreaterThan(30);
  });

  it('agree on every class of the namespace', async () => {
    const declared = await endpoint.broker.enumerateClasses(NAMESPACE, { deep: true });
    const seen = await collect(client.enumerateClasses());
    const outline = (one: {
      name: string;
      properties: Iterable<readonly [string, { type: Parameters<typeof describeType>[0]; isKey: boolean }]>;
      methods: Iterable<
        readonly [string, { parameters: Iterable<readonly [string, { isIn: boolean; isOut: boolean }]> }]
      >;
    }) => ({
      name: one.name,
      properties: [...one.properties].map(([name, { type, isKey }]) => [name, describeType(type), isKey]),
      methods: [...one.methods].map(([name, { parameters }]) => [
        name,
        [...parameters].map(([parameter, { isIn, isOut }]) => [parameter, isIn, isOut]),
      ]),
    });
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(seen.map(outline).sort(byName)).toEqual(declared.map(outline).sort(byName));
  });

  it('find an instance by the path of a superclass', async () => {
    const base = new InstancePath({ className: 'CIM_System', keys: system.keys });
    expect(String((await client.get(base)).path)).toBe(String(system));
  });

  it('take a fragment of an instance', async () => {
    expect(await client.getFragment(system, 'ElementName')).toBe('iscsi-a');
    expect(await client.getFragment(system, 'Dedicated[2]/text()')).toBe('15');
  });

  it.each([
    ['optimized', true],
    ['not optimized', false],
  ])('enumerate paths in batches, %s', async (_what, optimize) => {
    const found = await collect(client.enumerate('CIM_ComputerSystem', { mode: 'epr', maxElements: 2, optimize }));
    expect(found.map(({ path }) => path?.keys.get('Name'))).toEqual([
      'iscsi-a.lab.example',
      'iscsi-b.lab.example',
      'legacy-c.lab.example',
    ]);
  });

  it('release what is left early', async () => {
    const services = client.enumerate('CIM_Service', { maxElements: 1 });
    expect((await services.next()).done).toBe(false);
    await services.return();
    expect((await services.next()).done).toBe(true);
  });

  it('write a class, its subclasses, or nothing of these', async () => {
    const classes = async (polymorphism: 'include' | 'exclude' | 'none') => {
      const found = await collect(client.enumerate('CIM_ComputerSystem', { polymorphism }));
      return [...new Set(found.map(({ className }) => className))];
    };
    expect(await classes('include')).toEqual(['MSFTSM_ComputerSystem']);
    expect(await classes('exclude')).toEqual(['CIM_ComputerSystem']);
    expect(await classes('none')).toEqual([]);
  });

  it('query', async () => {
    const wql = "SELECT ElementName, Dedicated FROM CIM_ComputerSystem WHERE Name LIKE 'iscsi%' AND EnabledState = 2";
    const found = await collect(client.query(wql));
    expect(found.map(({ properties }) => Object.fromEntries(properties))).toEqual([
      { Dedicated: [3, 15], ElementName: 'iscsi-a' },
      { Dedicated: [3, 15], ElementName: 'iscsi-b' },
    ]);
  });

  it('say where a query is wrong', async () => {
    await expect(collect(client.query('SELECT Name, FROM CIM_System'))).rejects.toMatchObject({
      cimStatusName: 'InvalidQuery',
      message: expect.stringMatching(/character \d+/),
    });
  });

  it('filter by selectors', async () => {
    const filter = { selectors: { ElementName: 'iscsi-b' } };
    const found = await collect(client.enumerate('CIM_ComputerSystem', { filter }));
    expect(found.map(({ path }) => path?.keys.get('Name'))).toEqual(['iscsi-b.lab.example']);
  });

  it.each(['dmtf', 'wmi'] as const)('walk along associations and back, with %s URIs', async (family) => {
    const walker = family === 'dmtf' ? client : wmiClient;
    const where = { associationClass: 'CIM_HostedService', role: 'Antecedent', resultRole: 'Dependent' };
    const services = await collect(walker.associators(system, where));
    expect(services).toHaveLength(5);
    const [service] = services;
    const hosts = await collect(walker.associators(service?.path as InstancePath, { resultClass: 'CIM_System' }));
    expect(hosts.map(({ path }) => String(path?.keys.get('Name')))).toEqual(['iscsi-a.lab.example']);
  });

  it('give the associations themselves, with references as values', async () => {
    const found = await collect(client.references(system, { resultClass: 'CIM_HostedService' }));
    expect(found).toHaveLength(5);
    expect(found.every((one) => (one.get('Antecedent') as InstancePath).equals(system))).toBe(true);
  });

  it('query for classes', async () => {
    const wql = 'SELECT * FROM meta_class WHERE __this ISA "CIM_ComputerSystem"';
    const found = await collect(client.enumerateClasses({ wql }));
    expect(found.map(({ name }) => name)).toContain('MSFTSM_ComputerSystem');
  });

  it.each([
    ['dmtf', true],
    ['wmi', false],
  ] as const)('create, change and delete, with %s URIs', async (family, modifiedProperties) => {
    const writer = family === 'dmtf' ? client : wmiClient;
    const StorageID = 'iqn.1991-05.com.example:<a>&"é漢😀';
    const path = await writer.create(HARDWARE_ID, { InstanceID: `id-${family}`, StorageID, IDType: 5 });
    expect((await writer.get(path)).get('StorageID')).toBe(StorageID);

    const changed = await writer.put(path, { ElementName: 'one' }, { modifiedProperties });
    expect([changed.get('ElementName'), changed.get('StorageID')]).toEqual(['one', StorageID]);
    const cleared = await writer.put(path, { ElementName: null }, { modifiedProperties });
    expect(cleared.get('ElementName')).toBeNull();

    await writer.delete(path);
    await expect(writer.get(path)).rejects.toMatchObject({ cimStatusName: 'NotFound' });
  });

  it.each([
    [
      'a creation that is not for clients',
      () => client.create('MSFTSM_ComputerSystem', Object.fromEntries(system.keys)),
      'NotSupported',
    ],
    ['an unknown class', () => client.create('CIM_Nothing', {}), 'InvalidClass'],
    ['an unknown property', () => client.create(HARDWARE_ID, { Nothing: 1 }), 'NoSuchProperty'],
    ['a change of what is not for clients', () => client.put(system, { ElementName: 'x' }), 'NotSupported'],
    ['a deletion that is not for clients', () => client.delete(system), 'NotSupported'],
    ['an unknown class to enumerate', () => collect(client.enumerate('CIM_Nothing')), 'InvalidClass'],
    ['an unknown namespace', () => collect(client.enumerate('CIM_X', { namespace: 'root/no' })), 'InvalidNamespace'],
  ])('speak of %s in the same terms', async (_what, call, cimStatusName) => {
    await expect(call()).rejects.toMatchObject({ cimStatusName });
  });

  it('speak of a duplicate in the same terms', async () => {
    const create = () => client.create(HARDWARE_ID, { InstanceID: 'twice', StorageID: 's', IDType: 5 });
    const path = await create();
    await expect(create()).rejects.toMatchObject({ cimStatusName: 'AlreadyExists' });
    await client.delete(path);
  });

  it('show the configuration', async () => {
    expect(await client.getConfig()).toMatchObject({ MaxTimeoutms: '60000', Service: { Auth: { Basic: 'true' } } });
    expect(await client.getConfig('service')).toMatchObject({ AllowUnencrypted: 'false' });
  });
});

/** Paths and datetimes compare by their text, and what was never set is NULL on the wire. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (value instanceof InstancePath) return value.canonical;
  return typeof value === 'object' && value !== null ? String(value) : value;
}

describe('the client and this endpoint, about parts of things,', () => {
  const start = async (id: string) => {
    const path = await client.create(HARDWARE_ID, {
      ...{ InstanceID: id, StorageID: `iqn.2026-11.example:${id}`, IDType: 5, ElementName: 'before' },
    });
    return path;
  };

  it('change one property by its path', async () => {
    const path = await start('f1');
    expect(await client.putFragment(path, 'ElementName', 'after')).toBe('after');
    expect((await client.get(path)).get('ElementName')).toBe('after');
  });

  it('change one property by its text', async () => {
    const path = await start('f2');
    expect(await client.putFragment(path, 'ElementName/text()', 'a<b>&c')).toBe('a<b>&c');
    expect((await wmiClient.get(path)).get('ElementName')).toBe('a<b>&c');
  });

  it('set one property to NULL', async () => {
    const path = await start('f3');
    expect(await wmiClient.putFragment(path, 'ElementName', null)).toBeNull();
  });

  it('refuse a path that ends in no property, before anything is sent', async () => {
    await expect(client.putFragment(system, 'a/*', 'x')).rejects.toThrow(/does not end in the name of a property/);
  });

  it('change a setting, and leave the others', async () => {
    const before = await client.getConfig();
    const after = await client.putConfig('', { MaxBatchItems: 123 });
    expect(after).toEqual({ ...before, MaxBatchItems: '123' });
  });

  it('change a setting of a section', async () => {
    const changed = await client.putConfig('', { Service: { MaxConcurrentOperationsPerUser: 77 } });
    expect(changed).toMatchObject({ Service: { MaxConcurrentOperationsPerUser: '77' } });
  });

  it('refuse a setting that there is not', async () => {
    await expect(client.putConfig('service', { NoSuchThing: 1 })).rejects.toThrow(/no setting NoSuchThing/);
  });

  it('keep an enumeration for as long as is asked', async () => {
    const all = client.enumerate('CIM_ManagedElement', { maxElements: 1 });
    await all.next();
    expect(await all.renew(30_000)).toBeLessThanOrEqual(30_000);
    expect(await all.getStatus()).toBeGreaterThan(0);
    await all.return();
  });
});
