import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { NameMap } from '../../src/cim/model/name-map.js';
import { formatRows, valueRows } from '../../src/cli/format-values.js';

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
