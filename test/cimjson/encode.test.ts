import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { plainType } from '../../src/cim/model/cim-type.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { encodeElement, encodeInstance, encodePath } from '../../src/cimjson/encode.js';

const bag = { kind: 'Bag', size: undefined } as const;

describe('an instance in JSON', () => {
  const path = new InstancePath({ namespace: 'root/lab', className: 'LAB_Fan', keys: { Id: 7 } });
  const instance = new CimInstance(
    'LAB_Fan',
    [
      ['Id', 7],
      ['Turns', 18446744073709551615n],
      ['Label', null],
    ],
    path,
  );
  const declared = {
    properties: new NameMap([...['Id', 'Turns', 'Label', 'Host']].map((name) => [name, typeOf(name)])),
  };

  function typeOf(name: string) {
    return { type: plainType(name === 'Id' ? 'uint16' : name === 'Turns' ? 'uint64' : 'string') };
  }

  it('has its path, and its properties with the types of its class; what is absent stays absent', () => {
    expect(encodeInstance(instance, () => declared)).toEqual({
      kind: 'instance',
      namespace: 'root/lab',
      class: 'LAB_Fan',
      path: {
        kind: 'path',
        namespace: 'root/lab',
        class: 'LAB_Fan',
        keys: { Id: { type: 'uint16', value: 7 } },
      },
      properties: {
        Id: { type: 'uint16', value: 7 },
        Turns: { type: 'uint64', value: '18446744073709551615' },
        Label: { type: 'string', value: null },
      },
    });
  });

  it('has the host of a path that names one', () => {
    const there = new InstancePath({ host: 'a', className: 'LAB_Fan' });
    expect(encodePath(there)).toEqual({ kind: 'path', host: 'a', class: 'LAB_Fan', keys: {} });
  });
});

describe('a value in JSON', () => {
  it.each<readonly [string, CimValue, object]>([
    ['a small integer', -5, { type: 'sint32', value: -5 }],
    ['a large integer', 4294967295, { type: 'uint32', value: 4294967295 }],
    ['a real', 0.5, { type: 'real64', value: 0.5 }],
    ['the zero below', -0, { type: 'real64', value: '-0' }],
    ['not a number', Number.NaN, { type: 'real64', value: 'NaN' }],
    ['infinity', Number.NEGATIVE_INFINITY, { type: 'real64', value: '-INF' }],
    ['a bigint', 5n, { type: 'uint64', value: '5' }],
    ['a negative bigint', -5n, { type: 'sint64', value: '-5' }],
    ['a text', 'x', { type: 'string', value: 'x' }],
    ['NULL', null, { type: 'string', value: null }],
    ['a boolean', true, { type: 'boolean', value: true }],
    [
      'a datetime',
      CimDateTime.parse('00000001000000.000000:000'),
      { type: 'datetime', value: '00000001000000.000000:000' },
    ],
    ['an array of integers of two kinds', [-1, 4294967295], { type: 'real64', array: true, value: [-1, 4294967295] }],
    ['an array with NULL', [null, 1n], { type: 'uint64', array: true, value: [null, '1'] }],
    ['an array without elements', [], { type: 'string', array: true, value: [] }],
    ['an array of no type in common', [1, 'x', null], { type: 'string', array: true, value: ['1', 'x', null] }],
  ])('tells the type of %s itself where no class declares it', (_what, value, expected) => {
    expect(encodeElement(value)).toEqual(expected);
  });

  it('has its own type where the server sent what the class does not declare', () => {
    expect(encodeElement('many', plainType('uint16'))).toEqual({ type: 'string', value: 'many' });
    expect(encodeElement([1, 2], plainType('uint16'))).toEqual({ type: 'sint32', array: true, value: [1, 2] });
  });

  it('names the class that a reference or an embedded instance is declared with', () => {
    const reference = { ...plainType('reference', bag), referenceClass: 'CIM_System' };
    const embedded = { ...plainType('string'), embedded: { kind: 'instance', className: 'CIM_Goal' } } as const;
    expect(encodeElement([], reference)).toEqual({ type: 'reference', array: true, class: 'CIM_System', value: [] });
    expect(encodeElement(null, embedded)).toEqual({ type: 'instance', class: 'CIM_Goal', value: null });
  });
});
