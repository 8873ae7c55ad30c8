import { expect, it } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { plainValue, plainValues } from '../../src/cimjson/plain-values.js';

it('writes each kind of value as docs/json.md has it, without its type', () => {
  const moment = CimDateTime.parse('20261129200000.000000+000');
  expect([5, 5n, true, 'a', Number.NaN, -0, moment, null].map(plainValue)).toEqual([
    ...[5, '5', true, 'a', 'NaN', '-0', '20261129200000.000000+000', null],
  ]);
  expect(plainValue([1n, null, 2n])).toEqual(['1', null, '2']);
});

it('writes paths and embedded instances as objects with plain members', () => {
  const path = new InstancePath({ namespace: 'root/lab', className: 'LAB_Fan', keys: { Id: 7n } });
  const fan = new CimInstance('LAB_Fan', [['Peer', path]]);
  expect(plainValue(fan)).toEqual({
    kind: 'instance',
    class: 'LAB_Fan',
    properties: { Peer: { kind: 'path', namespace: 'root/lab', class: 'LAB_Fan', keys: { Id: '7' } } },
  });
});

it('makes a member of every name, that of the prototype too', () => {
  const values = plainValues(new NameMap([['__proto__', 1]]));
  expect(Object.keys(values)).toEqual(['__proto__']);
  expect(JSON.stringify(values)).toBe('{"__proto__":1}');
});
