import { expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { uint64Of } from '../../src/windows/uint64-of.js';

it.each([
  [2n ** 63n, 2n ** 63n],
  [512, 512n],
  [null, 0n],
  ['512', 0n],
])('%s is %s', (value, number) => {
  expect(uint64Of(new CimInstance('Win32_Volume', [['Capacity', value]]), 'Capacity')).toBe(number);
});

it('is 0 where there is no such property', () => {
  expect(uint64Of(new CimInstance('Win32_Volume', []), 'Capacity')).toBe(0n);
});
