import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { plainValue } from '../../../src/cimjson/plain-values.js';
import { matchesValue, memberNamed } from '../../../src/interceptors/match/matches-value.js';

describe('a wanted value', () => {
  it.each([
    [5, 5],
    [5, '5'],
    ['5', 5],
    ['18446744073709551615', '18446744073709551615'],
    [0.5, '0.50'],
    [true, 'TRUE'],
    [null, null],
    [null, undefined],
    [
      ['a', 2],
      ['a', '2'],
    ],
    ['20261129200000.000000+000', '20261129210000.000000+060'],
  ])('%j matches %j', (wanted, value) => {
    expect(matchesValue(wanted, value)).toBe(true);
  });

  it.each([
    [5, 6],
    ['a', 'A'],
    ['', 0],
    [0, ''],
    [null, 0],
    [0, null],
    [false, null],
    [true, 1],
    ['05', '5'],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], 1],
    [1, [1]],
    ['18446744073709551615', '18446744073709551614'],
    ['20261129200000.000000+000', '20261129200000.000000+060'],
    [{ a: 1 }, 'a'],
    ['a', { a: 1 }],
  ])('%j does not match %j', (wanted, value) => {
    expect(matchesValue(wanted, value)).toBe(false);
  });

  it('compares keys without case', () => {
    expect(matchesValue('Server-A', 'server-a', 'any case')).toBe(true);
  });

  it('asks of an object only the members that it names, without case', () => {
    const path = new InstancePath({ namespace: 'root/lab', className: 'LAB_Fan', keys: { Id: 7n, Name: 'a' } });
    const value = plainValue(path);
    expect(matchesValue({ class: 'lab_fan', keys: { id: 7 } }, value)).toBe(true);
    expect(matchesValue({ keys: { Id: 8 } }, value)).toBe(false);
    expect(matchesValue(path, value)).toBe(true);
    expect(matchesValue(path.inNamespace('root/other'), value)).toBe(false);
  });

  it('may be a bigint', () => {
    expect(matchesValue(18446744073709551615n, '18446744073709551615')).toBe(true);
    expect(matchesValue(1n, '18446744073709551615')).toBe(false);
  });

  it('may be a datetime of the model, or an asymmetric matcher', () => {
    expect(matchesValue(CimDateTime.parse('00000001000000.000000:000'), '00000001000000.000000:000')).toBe(true);
    expect(matchesValue(expect.stringContaining('irs'), 'first')).toBe(true);
    expect(matchesValue(expect.stringContaining('irs'), 'second')).toBe(false);
  });
});

it('a member is found whatever the case of its name, and none that is inherited', () => {
  expect(memberNamed({ Size: 1 }, 'SIZE')).toBe(1);
  expect(memberNamed({}, 'toString')).toBeUndefined();
});
