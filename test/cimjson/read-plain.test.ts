import { describe, expect, it } from 'vitest';
import type { CimInstance } from '../../src/cim/model/cim-instance.js';
import { plainType } from '../../src/cim/model/cim-type.js';
import type { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { readPlainPath, readPlainValue, readPlainValues } from '../../src/cimjson/read-plain.js';

const list = { kind: 'Bag', size: undefined } as const;
const declared = new NameMap(
  [
    { name: 'Id', type: plainType('uint16') },
    { name: 'Turns', type: plainType('uint64') },
    { name: 'Codes', type: plainType('uint8', list) },
    { name: 'Since', type: plainType('datetime') },
    { name: 'Room', type: { ...plainType('reference'), referenceClass: 'LAB_Room' } },
    {
      name: 'Setting',
      type: { ...plainType('string'), embedded: { kind: 'instance', className: 'LAB_Fan' } as const },
    },
  ].map((property) => [property.name, property] as const),
);
const find = (name: string) => (name === 'LAB_Fan' ? declared : undefined);
const read = (json: unknown) => readPlainValues(json, declared, 'LAB_Fan has no property', 'properties', find);

describe('values as people write them', () => {
  it('have the types that are declared, plain or with their type', () => {
    const values = read({ id: 7, Turns: 5000, Codes: [1, null], Since: '2026-11-29T20:00:00Z' });
    expect([...values.keys()]).toEqual(['Id', 'Turns', 'Codes', 'Since']);
    expect(values.get('Turns')).toBe(5000n);
    expect(String(values.get('Since'))).toBe('20261129200000.000000+000');
    expect(read({ Turns: '18446744073709551615' }).get('Turns')).toBe(18446744073709551615n);
    expect(read({ Id: { type: 'uint16', value: 7 }, Codes: null })).toEqual(
      new NameMap<unknown>([
        ['Id', 7],
        ['Codes', null],
      ] as [string, unknown][]),
    );
  });

  it('may be paths, as text or with plain keys, and embedded instances', () => {
    const path = read({ Room: 'root/lab:LAB_Room.Name="a"' }).get('Room');
    expect(String(path)).toBe('root/lab:LAB_Room.Name="a"');
    const other = read({ Room: { kind: 'path', class: 'LAB_Room', keys: { Name: 'a', Floor: 2 } } }).get('Room');
    expect((other as InstancePath).keys.get('Floor')).toBe(2);
    const embedded = read({ Setting: { kind: 'instance', class: 'LAB_Fan', properties: { turns: 1 } } }).get('Setting');
    expect((embedded as CimInstance).get('Turns')).toBe(1n);
    const unknown = { kind: 'instance', class: 'LAB_Other', properties: { A: 'x', B: 5_000_000_000, C: [true] } };
    expect((read({ Setting: unknown }).get('Setting') as CimInstance).properties).toEqual(
      new NameMap<unknown>([
        ['A', 'x'],
        ['B', 5_000_000_000n],
        ['C', [true]],
      ] as [string, unknown][]),
    );
  });

  it.each([
    [{ Trns: 1 }, "properties.Trns: LAB_Fan has no property 'Trns' (did you mean 'Turns'?)"],
    [{ Id: 70_000 }, 'properties.Id: 70000 where a uint16 is wanted'],
    [{ Codes: [1, 'x'] }, "properties.Codes[1]: 'x' where a uint8 is wanted"],
    [{ Since: 'soon' }, "properties.Since: 'soon' where a datetime is wanted"],
    [{ Turns: 2 ** 60 }, /^properties\.Turns: /],
    [{ Room: 'a b' }, /^properties\.Room: 'a b' is not an object path/],
    [
      { Setting: { kind: 'instance', class: 'LAB_Fan', properties: { Tuns: 1 } } },
      /^properties\.Setting\.properties\.Tuns/,
    ],
  ])('that are wrong are told with their place: %j', (json, message) => {
    expect(() => read(json)).toThrow(message);
  });

  it('tell the nearest name apart from the message, too', () => {
    expect(() => read({ Trns: 1 })).toThrow(expect.objectContaining({ place: 'properties.Trns', nearest: 'Turns' }));
  });
});

describe('a path', () => {
  it('has keys of the types that its class declares', () => {
    const path = readPlainPath({ kind: 'path', class: 'LAB_Fan', keys: { Turns: 5 } }, 'path', find);
    expect(path.keys.get('Turns')).toBe(5n);
  });

  it('has no key that is NULL', () => {
    expect(() => readPlainPath({ kind: 'path', class: 'LAB_Fan', keys: { Id: null } }, 'path')).toThrow(
      'path.keys.Id: NULL',
    );
  });
});

describe('a value alone', () => {
  it('is one value, and no list, where no array is declared', () => {
    expect(() => readPlainValue([1], plainType('uint8'), 'returnValue')).toThrow('returnValue: an array');
  });
});
