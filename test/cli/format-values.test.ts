import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { formatRows, valueRows, valuesToJson } from '../../src/cli/format-values.js';

const path = new InstancePath({ namespace: 'root/lab', className: 'CIM_Fan', keys: { DeviceID: '1' } });
const values = (entries: Record<string, CimValue>) => new NameMap(Object.entries(entries));
const listing = (entries: Record<string, CimValue>) => formatRows(valueRows(values(entries)));

describe('a listing of values', () => {
  it('has two columns', () => {
    expect(listing({ A: '1', LongName: path })).toBe('A         1\nLongName  root/lab:CIM_Fan.DeviceID="1"\n');
  });

  it('has a line for each element of an array', () => {
    expect(listing({ A: ['x', 'y'], B: [] })).toBe('A  x\n   y\nB  (empty)\n');
  });

  it('shows NULL and the empty string apart', () => {
    expect(listing({ A: null, B: '' })).toBe('A  (NULL)\nB  ""\n');
  });

  it('shows an embedded instance with its properties', () => {
    const goal = new CimInstance('CIM_Goal', [
      ['Name', 'x'],
      ['Sizes', ['1', '2']],
    ]);
    expect(listing({ Goal: goal })).toBe(
      'Goal  instance of CIM_Goal\n        Name   x\n        Sizes  1\n               2\n',
    );
  });

  it('shows control characters by their codes', () => {
    expect(listing({ A: '\u001b[31m' })).toBe('A  \\x1b[31m\n');
  });
});

describe('values as JSON', () => {
  it('have references with their parts', () => {
    expect(valuesToJson(values({ A: path }))).toEqual({
      A: { path: path.toString(), namespace: 'root/lab', className: 'CIM_Fan', keys: { DeviceID: '1' } },
    });
  });

  it('have embedded instances with their class', () => {
    expect(valuesToJson(values({ A: new CimInstance('X', [['P', [null, '1']]]) }))).toEqual({
      A: { className: 'X', properties: { P: [null, '1'] } },
    });
  });

  it('have datetimes as text', () => {
    const time = CimDateTime.parse('00000001000000.000000:000');
    expect(valuesToJson(values({ A: time }))).toEqual({ A: time.toString() });
  });

  it('have 64-bit integers as numbers, and as text where a number would not be exact', () => {
    const some = { A: 5n, B: 2n ** 53n - 1n, C: 2n ** 53n, D: -(2n ** 63n) };
    expect(valuesToJson(values(some))).toEqual({
      A: 5,
      B: 9007199254740991,
      C: '9007199254740992',
      D: '-9223372036854775808',
    });
  });

  it('have as text the reals that JSON has no form for', () => {
    expect(valuesToJson(values({ A: Number.NaN, B: Number.NEGATIVE_INFINITY, C: 1.5 }))).toEqual({
      A: 'NaN',
      B: '-INF',
      C: 1.5,
    });
  });
});
