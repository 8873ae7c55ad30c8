import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/bridge/operations.js';
import { type BridgeChild, startBridgeChild } from './bridge-child.js';
import { type BridgeLab, namespace, startBridgeLab, targetOf } from './bridge-lab.js';

let lab: BridgeLab;
let bridge: BridgeChild;
const used = new Set<string>();

beforeAll(async () => {
  lab = await startBridgeLab(3);
  bridge = await startBridgeChild();
  expect(await bridge.call({ do: 'open', connection: 'c', target: targetOf(lab) })).toMatchObject({ result: {} });
}, 60_000);

afterAll(async () => {
  await bridge?.end();
  await lab?.close();
});

function call(operation: string, members: Readonly<Record<string, unknown>> = {}) {
  used.add(operation);
  return bridge.call({ do: operation, connection: 'c', namespace, ...members });
}

const fan = { kind: 'path', namespace, class: 'LAB_Fan', keys: { Id: { type: 'uint16', value: 1 } } };
const lamp = { kind: 'path', namespace, class: 'LAB_Lamp', keys: { Id: { type: 'uint16', value: 2 } } };

describe('an operation through the bridge', () => {
  it('identify says what the server is', async () => {
    expect((await call('identify')).result).toMatchObject({ productVendor: 'Cimulator' });
  });

  it('getInstance has every property in the type of its class', async () => {
    const { result } = await call('getInstance', { path: fan });
    expect(result.instance).toEqual({
      kind: 'instance',
      namespace,
      class: 'LAB_Fan',
      path: fan,
      properties: {
        Id: { type: 'uint16', value: 1 },
        Label: { type: 'string', value: null },
        Turns: { type: 'uint64', value: '18446744073709551615' },
        Drift: { type: 'sint64', value: '-9223372036854775808' },
        Load: { type: 'real64', value: 0.5 },
        Made: { type: 'datetime', value: '20261129200000.000000+060' },
        Runs: { type: 'datetime', value: '00000001020304.000000:000' },
        Mark: { type: 'char16', value: 'x' },
        Octets: { type: 'uint8', array: true, value: null },
        Names: { type: 'string', array: true, value: ['a', 'b'] },
        Remark: {
          type: 'instance',
          class: 'LAB_Note',
          value: {
            kind: 'instance',
            class: 'LAB_Note',
            properties: { Text: { type: 'string', value: 'careful' }, Rank: { type: 'uint16', value: 2 } },
          },
        },
        Lit: { type: 'boolean', value: true },
      },
    });
  });

  it('getInstance has the keys alone on demand, and takes the call’s namespace for a path without', async () => {
    const { namespace: _, ...bare } = lamp;
    const { result } = await call('getInstance', { path: bare, keyOnly: true });
    expect(result.instance).toMatchObject({ path: lamp, properties: { Id: { type: 'uint16', value: 2 } } });
    expect(Object.keys(result.instance.properties)).toEqual(['Id']);
  });

  it('enumerateInstances types each class of a stream by itself', async () => {
    const { items, result } = await call('enumerateInstances', { class: 'LAB_Part' });
    expect(result).toEqual({ count: 2 });
    const types = items.map(({ class: name, properties }) => [name, properties.Lit, properties.Glow]);
    expect(types).toEqual([
      ['LAB_Fan', { type: 'boolean', value: true }, undefined],
      ['LAB_Lamp', { type: 'boolean', value: false }, { type: 'real32', value: 0.25 }],
    ]);
  });

  it.each([
    ['a filter', { filter: 'Id = 2' }, ['Label', 'Lit', 'Glow', 'Id']],
    ['a filter in CQL', { filter: 'Id = 2', dialect: 'CQL' }, ['Label', 'Lit', 'Glow', 'Id']],
    [
      'a filter by the URI of its dialect',
      { filter: 'Id = 2', dialect: 'http://schemas.microsoft.com/wbem/wsman/1/WQL' },
      ['Label', 'Lit', 'Glow', 'Id'],
    ],
    ['some properties', { class: 'LAB_Lamp', properties: ['Label'], filter: 'Id = 2' }, ['Label']],
    ['keys alone', { class: 'LAB_Lamp', keyOnly: true }, ['Id']],
  ])('enumerateInstances takes %s', async (_what, members, properties) => {
    const { items } = await call('enumerateInstances', { class: 'LAB_Part', ...members });
    expect(items.map((item) => item.class)).toEqual(['LAB_Lamp']);
    expect(Object.keys(items[0].properties).sort()).toEqual([...properties].sort());
  });

  it('enumerateInstances is shallow on demand', async () => {
    expect((await call('enumerateInstances', { class: 'LAB_Part', shallow: true })).items).toEqual([]);
  });

  it('enumerateInstances refuses a dialect that it does not know, before anything is sent', async () => {
    const before = lab.messages.length;
    const { error } = await call('enumerateInstances', { class: 'LAB_Part', filter: 'Id = 2', dialect: 'XQuery' });
    expect(error).toEqual({ kind: 'usage', message: "dialect: 'xquery' is neither WQL nor CQL" });
    expect(lab.messages.length).toBe(before);
  });

  it('queryInstances finds what a query finds', async () => {
    const { items } = await call('queryInstances', { query: 'SELECT Label FROM LAB_Lamp' });
    expect(items).toMatchObject([{ class: 'LAB_Lamp', properties: { Label: { type: 'string', value: 'left' } } }]);
  });

  it('associatorInstances and referenceInstances go along associations', async () => {
    const ends = await call('associatorInstances', {
      path: fan,
      associationClass: 'LAB_Cools',
      resultClass: 'LAB_Lamp',
    });
    expect(ends.items.map((item) => item.path)).toEqual([lamp]);
    const keys = await call('associatorInstances', { path: fan, resultRole: 'Part', keyOnly: true });
    expect(keys.items[0].properties).toEqual({ Id: { type: 'uint16', value: 2 } });
    const elsewhere = await call('associatorInstances', { path: fan, namespace: 'root/none' });
    expect(elsewhere.error).toMatchObject({ message: 'Namespace root/none does not exist.' });
    const links = await call('referenceInstances', { path: lamp, resultClass: 'LAB_Cools', role: 'Part' });
    expect(links.items[0].properties.Fan).toMatchObject({
      type: 'reference',
      class: 'LAB_Fan',
      value: { class: 'LAB_Fan' },
    });
    expect((await call('referenceInstances', { path: lamp, role: 'Fan' })).items).toEqual([]);
  });

  it('createInstance, modifyInstance and deleteInstance do what they say', async () => {
    const properties = { Id: { type: 'uint16', value: 9 }, Glow: { value: 0.5 }, Lit: { value: true } };
    const { result: created } = await call('createInstance', { class: 'LAB_Lamp', properties });
    const path = { ...lamp, keys: { Id: { type: 'uint16', value: 9 } } };
    expect(created).toEqual({ path });
    const changes = { Label: { type: 'string', value: 'right' } };
    const { result: changed } = await call('modifyInstance', { path, properties: changes });
    expect(changed.instance.properties).toMatchObject({ ...changes, Glow: { type: 'real32', value: 0.5 } });
    expect(await call('deleteInstance', { path })).toMatchObject({ result: {} });
    expect((await call('getInstance', { path })).error).toMatchObject({ kind: 'cim', cimStatusName: 'NotFound' });
  });

  it('invokeMethod carries values of every kind there and back', async () => {
    const note = { kind: 'instance', class: 'LAB_Note', properties: { Text: { type: 'string', value: 'hot' } } };
    const parameters = {
      Size: { type: 'uint64', value: '18446744073709551614' },
      Mark: { type: 'char16', value: '7' },
      At: { type: 'datetime', value: '20261129200000.123456+060' },
      Other: { type: 'reference', class: 'LAB_Part', value: lamp },
      Note: { type: 'instance', class: 'LAB_Note', value: note },
      Names: { type: 'string', array: true, value: ['x', ''] },
    };
    const { result } = await call('invokeMethod', { path: fan, method: 'Echo', parameters });
    expect(result).toMatchObject({ returnValue: { type: 'uint32', value: 0 }, label: 'Done' });
    const { OtherOut, ...outputs } = result.outputs;
    expect(outputs).toMatchObject({
      SizeOut: parameters.Size,
      MarkOut: parameters.Mark,
      AtOut: parameters.At,
      NoteOut: { ...parameters.Note, value: { class: 'LAB_Note', properties: note.properties } },
      NamesOut: parameters.Names,
    });
    expect(OtherOut).toMatchObject({ type: 'reference', class: 'LAB_Part', value: { class: 'LAB_Lamp', namespace } });
  });

  it('invokeMethod leaves types to the class, and refuses what does not fit before anything is sent', async () => {
    const given = { Size: { value: '5' }, Mark: { value: 'y' } };
    const { result } = await call('invokeMethod', { path: fan, method: 'Echo', parameters: given });
    expect(result.outputs).toMatchObject({ SizeOut: { type: 'uint64', value: '5' }, MarkOut: { value: 'y' } });
    const before = lab.messages.length;
    const wrong = await call('invokeMethod', { path: fan, method: 'Echo', parameters: { Size: { value: 5 } } });
    expect(wrong.error).toEqual({ kind: 'usage', message: 'parameters.Size.value: 5 where a uint64 is wanted' });
    const unknown = await call('invokeMethod', { path: fan, method: 'Echo', parameters: { Sise: { value: '5' } } });
    expect(unknown.error).toMatchObject({ kind: 'usage', message: expect.stringContaining('parameters.Sise.type') });
    expect(lab.messages.length).toBe(before);
  });

  it('invokeMethod calls a static method by its class', async () => {
    const { result } = await call('invokeMethod', { class: 'LAB_Fan', method: 'Count' });
    expect(result.outputs).toEqual({ Number: { type: 'uint32', value: 3 } });
  });

  it('invokeMethod has why it ended as it did, for the curious and in the result', async () => {
    const given = { Size: { value: '7' } };
    const { result, verbose } = await call('invokeMethod', { path: fan, method: 'Echo', parameters: given });
    expect(result).toMatchObject({ returnValue: { value: 7 }, label: 'Refused', reason: 'seven is too many' });
    expect(verbose).toBe('seven is too many');
  });

  it('getClass has the whole declaration', async () => {
    const { class: found } = (await call('getClass', { class: 'LAB_Fan', amended: true })).result;
    expect(found).toMatchObject({
      kind: 'class',
      namespace,
      name: 'LAB_Fan',
      superclass: 'LAB_Part',
      derivation: ['LAB_Part'],
    });
    expect(found.properties.Id).toMatchObject({ type: 'uint16', origin: 'LAB_Part', propagated: true });
    expect(found.properties.Id.qualifiers.Key).toEqual({ type: 'boolean', value: true, flavors: ['DisableOverride'] });
    expect(found.properties.Remark).toMatchObject({ type: 'instance', class: 'LAB_Note' });
    expect(found.methods.Echo.parameters.Other).toMatchObject({ type: 'reference', class: 'LAB_Part' });
    expect(found.methods.Echo.qualifiers.Values).toMatchObject({
      type: 'string',
      array: true,
      value: ['Done', 'Refused'],
    });
  });

  it('enumerateClasses has subclasses, nearest or all, with or without what they declare', async () => {
    const direct = await call('enumerateClasses', { class: 'LAB_Part' });
    expect(direct.items.map(({ name }) => name).sort()).toEqual(['LAB_Fan', 'LAB_Lamp']);
    const all = await call('enumerateClasses', { deep: true, namesOnly: true });
    expect(all.items.length).toBeGreaterThan(100);
    expect(all.result).toEqual({ count: all.items.length });
    expect(all.items.find(({ name }) => name === 'LAB_Fan')).toEqual({
      kind: 'class',
      namespace,
      name: 'LAB_Fan',
      superclass: 'LAB_Part',
      derivation: ['LAB_Part'],
    });
  });

  it('asks for a class once, until forgetClasses', async () => {
    const getClasses = () =>
      lab.messages.filter((body) => /cim-xml.*<w:Selector Name="ClassName">LAB_Lamp</.test(body)).length;
    await call('getInstance', { path: lamp });
    const before = getClasses();
    await call('getInstance', { path: lamp });
    expect(getClasses()).toBe(before);
    await call('forgetClasses');
    await call('getInstance', { path: lamp });
    expect(getClasses()).toBe(before + 1);
  });

  it('sends resource URI, options and timeout of a call as given', async () => {
    const resourceUri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/storage/iScsiTarget/LAB_Lamp';
    const { result } = await call('getInstance', {
      path: lamp,
      resourceUri,
      options: { Color: 'red' },
      operationTimeoutSec: 7,
    });
    expect(result.instance.class).toBe('LAB_Lamp');
    const sent = lab.messages.findLast((body) => body.includes('transfer/Get')) ?? '';
    expect(sent).toContain(`>${resourceUri}</w:ResourceURI>`);
    expect(sent).toContain('<w:Option Name="Color">red</w:Option>');
    expect(sent).toContain('PT7.000S');
  });

  it.each([
    ['getInstance', { path: 5 }, 'path: 5 where an object is wanted'],
    ['getInstance', {}, 'path: nothing where an object is wanted'],
    [
      'getInstance',
      { path: lamp, keys: 1 },
      'keys: no such member: path, keyOnly, connection, namespace, operationTimeoutSec, resourceUri, options',
    ],
    ['enumerateInstances', { class: 'LAB_Part', window: 0 }, 'window: 0 where a number of items, 1 at least is wanted'],
    ['enumerateInstances', { class: 'LAB_Part', properties: [] }, 'properties: it is empty'],
    [
      'enumerateInstances',
      { class: 'LAB_Part', properties: [1] },
      'properties[0]: 1 where the name of a property is wanted',
    ],
    ['queryInstances', { query: 5 }, 'query: 5 where a text is wanted'],
    ['invokeMethod', { path: fan, class: 'LAB_Fan', method: 'Echo' }, 'class: either a path or a class is the target'],
    ['identify', { options: { A: 1 } }, 'options.A: it is no text'],
    ['identify', { operationTimeoutSec: 0 }, 'operationTimeoutSec: 0 where a number above 0 is wanted'],
    ['identify', { connection: 'd' }, "connection: 'd' is not open"],
  ])('%s with %j is refused by the name of the member', async (operation, members, message) => {
    expect((await call(operation, members)).error).toEqual({ kind: 'usage', message });
  });

  it('is tested above, each of them', () => {
    expect([...operations.keys()].filter((name) => !used.has(name))).toEqual([]);
  });
});
