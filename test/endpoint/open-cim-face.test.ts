import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CimDateTime,
  CimInstance,
  type CimInterceptor,
  type Endpoint,
  InstancePath,
  startEndpoint,
} from '../../src/index.js';

const NAMESPACE = 'root/cimv2/storage/iScsiTarget';
const seen: string[] = [];
const watching: CimInterceptor = (next) => (operation, call) => {
  seen.push(operation.kind);
  return next(operation, call);
};

let endpoint: Endpoint;
beforeAll(async () => {
  endpoint = await startEndpoint({
    lab: ['two-servers', 'fixtures/examples/thermostat.mof', { mof: SENSORS }],
    users: [{ name: 'lab', password: 'secret' }],
    // Clients may do nothing with them.
    providers: [
      {
        className: 'LAB_Thermostat',
        methods: {
          CountBelow: ({ Target }) => ({ ReturnValue: 0, Count: Number(Target) }),
          SetTarget: ({ Target = null }, { instance }) => ({
            ReturnValue: 0,
            Previous: instance?.get('Target') ?? Target,
          }),
        },
        instances: {},
      },
    ],
    interceptors: { cim: [watching] },
  });
});
afterAll(() => endpoint.close());
beforeEach(() => endpoint.reset());

const SENSORS = `
class LAB_Sensor { [Key] string Id; uint64 Turns; datetime Seen; uint8 Codes[]; string Unit = "rpm"; };
[Association] class LAB_Watches { [Key] LAB_Sensor REF Sensor; [Key] CIM_ManagedElement REF Watched; CIM_ManagedElement REF Owner; };
`;
const KITCHEN = 'LAB_Thermostat.DeviceID="t-1"';

describe('the CIM operations with the rights of the house', () => {
  it('find an instance by its path, as a text or not, also by a superclass', async () => {
    const one = await endpoint.cim.get(KITCHEN);
    expect(one.getString('Room')).toBe('Kitchen');
    const path = new InstancePath({ className: 'CIM_ManagedElement', keys: { DeviceID: 't-1' } });
    expect(await endpoint.cim.get(path)).toBe(one);
    await expect(endpoint.cim.get('LAB_Thermostat.DeviceID="none"')).rejects.toMatchObject({ status: 6 });
    await expect(endpoint.cim.get('LAB_Thermostt.DeviceID="t-1"')).rejects.toMatchObject({ status: 5 });
  });

  it.each<[string, (cim: Endpoint['cim']) => Promise<unknown>, string]>([
    ['a class', (cim) => cim.get('LAB_Thermostt.DeviceID="t-1"'), 'LAB_Thermostat'],
    ['a class of a query', (cim) => cim.find('SELECT * FROM LAB_Thermostt'), 'LAB_Thermostat'],
    ['a class of an association', (cim) => cim.associators(KITCHEN, 'LAB_Thermostt'), 'LAB_Thermostat'],
    ['a key', (cim) => cim.get('LAB_Thermostat.DevicID="t-1"'), 'DeviceID'],
    ['a key of what is deleted', (cim) => cim.delete('LAB_Thermostat.DevicID="t-1"'), 'DeviceID'],
    ['a property', (cim) => cim.create('LAB_Thermostat', { DeviceID: 'new', Rom: 'Attic' }), 'Room'],
    ['a property of a query', (cim) => cim.find("SELECT * FROM LAB_Thermostat WHERE Rom = ''"), 'Room'],
    ['a word of a query', (cim) => cim.find('SELECT * FRM LAB_Thermostat'), 'FROM'],
    ['a method', (cim) => cim.invoke(KITCHEN, 'SetTarge'), 'SetTarget'],
    ['a parameter', (cim) => cim.invoke(KITCHEN, 'SetTarget', { Targe: 5 }), 'Target'],
    ['a namespace', (cim) => cim.find('SELECT * FROM CIM_System', 'root/cimv3'), 'root/cimv2'],
  ])('tell the nearest name of %s that there is not', async (_, call, nearest) => {
    const failed = await call(endpoint.cim).catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'CimError', nearest });
    expect(String(failed)).toMatch(new RegExp(`[^.]: did you mean '${nearest}'\\?$`));
  });

  it('change some values in one step, and no key', async () => {
    const { cim } = endpoint;
    await Promise.all([cim.change(KITCHEN, { Target: 9 }), cim.change(KITCHEN, { Room: 'Hall' })]);
    const changed = await cim.get(KITCHEN);
    expect([changed.get('Target'), changed.get('Room')]).toEqual([9, 'Hall']);
    await expect(cim.change(KITCHEN, { DeviceID: 't-2' })).rejects.toMatchObject({ status: 4 });
    await expect(cim.change('LAB_Thermostat.DeviceID="none"', {})).rejects.toMatchObject({ status: 6 });
  });

  it('create, replace and delete what clients may not', async () => {
    const path = await endpoint.cim.create('LAB_Thermostat', { DeviceID: 't-9', Target: 7 });
    expect(String(path)).toBe(`${NAMESPACE}:LAB_Thermostat.DeviceID="t-9"`);
    await expect(endpoint.cim.create('LAB_Thermostat', { DeviceID: 'T-9' })).rejects.toMatchObject({ status: 11 });
    const one = await endpoint.cim.get(path);
    await expect(endpoint.cim.create(one)).rejects.toMatchObject({ status: 11 });
    expect(await endpoint.cim.put(one.with({ Target: 8 }))).toEqual(path);
    expect((await endpoint.broker.getInstance(path)).get('Target')).toBe(8);
    expect([await endpoint.cim.delete(path), await endpoint.cim.delete(path)]).toEqual([true, false]);
  });

  it('give properties left out their defaults, and take numbers and dates for what they are', async () => {
    const seenAt = new Date('2026-11-29T20:00:00Z');
    const path = await endpoint.cim.create('LAB_Sensor', { Id: 's', Turns: 5, Seen: seenAt, Codes: [1, 2] });
    const { properties } = await endpoint.cim.get(path);
    expect([...properties]).toEqual([
      ['Id', 's'],
      ['Turns', 5n],
      ['Seen', CimDateTime.fromDate(seenAt)],
      ['Codes', [1, 2]],
      ['Unit', 'rpm'],
    ]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a property that there is not', { Id: 's', Torns: 1 }, /no property Torns/],
    ['a value of another type', { Id: 's', Turns: 'many' }, /Turns: .*uint64/],
    ['a key that is missing', { Turns: 1 }, /Key Id of class LAB_Sensor has no value/],
  ])('refuse %s', async (_, properties, message) => {
    await expect(endpoint.cim.create('LAB_Sensor', properties as never)).rejects.toThrow(message);
    expect(await endpoint.cim.find('SELECT * FROM LAB_Sensor')).toEqual([]);
  });

  it('find by WQL: conditions, lists of properties, associations', async () => {
    const warm = await endpoint.cim.find('SELECT DeviceID FROM LAB_Thermostat WHERE Target > 15');
    expect(warm.map(({ path, properties }) => [String(path?.keys.get('DeviceID')), [...properties]])).toEqual([
      ['t-1', [['DeviceID', 't-1']]],
    ]);
    expect(await endpoint.cim.find("SELECT * FROM LAB_Thermostat WHERE DeviceID = 'T-2'")).toHaveLength(1);
    await expect(endpoint.cim.find('SELECT * FROM meta_class')).rejects.toThrow('for classes');
    await expect(endpoint.cim.find('SELECT')).rejects.toThrow(/WQL|query|expected/i);
  });

  it('tie objects together, by whatever class a reference names them, and follow it', async () => {
    const sensor = await endpoint.cim.create('LAB_Sensor', { Id: 's' });
    const kitchen = new InstancePath({ className: 'CIM_ManagedElement', keys: { DeviceID: 't-1' } });
    const exact = new InstancePath({ namespace: NAMESPACE, className: 'LAB_Thermostat', keys: { DeviceID: 't-1' } });
    const link = await endpoint.cim.create('LAB_Watches', { Sensor: sensor, Watched: exact, Owner: kitchen });
    expect((await endpoint.cim.get(link)).get('Owner')).toEqual(exact);
    expect((await endpoint.cim.associators(sensor, 'LAB_Thermostat')).map((one) => one.get('Room'))).toEqual([
      'Kitchen',
    ]);
    expect(await endpoint.cim.find(`ASSOCIATORS OF {${KITCHEN}} WHERE ResultClass = LAB_Sensor`)).toHaveLength(1);
  });

  it('call methods, of an instance and of a class', async () => {
    const answer = await endpoint.cim.invoke(KITCHEN, 'SetTarget', { Target: 21 });
    expect([answer.returnValue, answer.outputs.get('Previous')]).toEqual([0, 19]);
    const counted = await endpoint.cim.invoke('LAB_Thermostat', 'CountBelow', { Target: 15 });
    expect(counted.outputs.get('Count')).toBe(15);
    await expect(endpoint.cim.invoke(KITCHEN, 'SetTarget', { Targt: 21 })).rejects.toThrow('Targt');
  });

  it('are seen by no interceptor', async () => {
    seen.length = 0;
    await endpoint.cim.get(KITCHEN);
    await endpoint.cim.put((await endpoint.cim.get(KITCHEN)).with({ Target: 8 }));
    await endpoint.cim.find('SELECT * FROM LAB_Thermostat');
    await endpoint.cim.invoke(KITCHEN, 'SetTarget', { Target: 21 });
    expect(seen).toEqual([]);
    await endpoint.broker.getClass(NAMESPACE, 'LAB_Thermostat');
    expect(seen).toEqual(['GetClass']);
  });

  it('make no namespaces', async () => {
    const given = new CimInstance('__NAMESPACE', [['Name', 'more']]);
    await expect(endpoint.cim.put(given)).rejects.toThrow('Namespaces are made with their classes');
  });
});
