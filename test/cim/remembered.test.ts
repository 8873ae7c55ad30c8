import { describe, expect, test } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { Remembered } from '../../src/cim/remembered.js';

const instance = new CimInstance('Disk', [['Id', 'a']]);
const remember = (total: number, largest?: number) =>
  new Remembered<string>({ total, largest, sizeOf: ({ length }) => length });

describe('what was made of an instance', () => {
  test('is found again in the same shape', () => {
    const remembered = remember(10);
    expect(remembered.keep(instance, 'short', 'x')).toBe('x');
    expect(remembered.find(instance, 'short')).toBe('x');
  });

  test('is not found in another shape, nor for an instance that looks the same', () => {
    const remembered = remember(10);
    remembered.keep(instance, 'short', 'x');
    expect(remembered.find(instance, 'long')).toBeUndefined();
    expect(remembered.find(instance.with({}), 'short')).toBeUndefined();
  });

  test('is forgotten with all else when there is no more room', () => {
    const remembered = remember(10);
    const other = instance.with({ Id: 'b' });
    remembered.keep(instance, '', '123456');
    remembered.keep(other, '', '123456');
    expect([remembered.find(instance, ''), remembered.find(other, '')]).toEqual([undefined, '123456']);
  });

  test('is not remembered when it is too large', () => {
    const remembered = remember(10, 3);
    expect(remembered.keep(instance, '', '1234')).toBe('1234');
    expect(remembered.find(instance, '')).toBeUndefined();
  });
});
