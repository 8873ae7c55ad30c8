import { describe, expect, test } from 'vitest';
import { integerRanges, isBigIntType } from '../../../src/cim/model/cim-type.js';
import { parseScalar } from '../../../src/cim/model/parse-scalar.js';
import { integerTypeNames } from '../../support/test-schema.js';

describe.each(integerTypeNames)('%s', (type) => {
  const [min, max] = integerRanges[type];
  const value = (number: bigint) => (isBigIntType(type) ? number : Number(number));

  test('takes both ends of its range', () => {
    expect(parseScalar(String(min), type)).toBe(value(min));
    expect(parseScalar(String(max), type)).toBe(value(max));
  });

  test('refuses one more at either end', () => {
    expect(parseScalar(String(min - 1n), type)).toBeUndefined();
    expect(parseScalar(String(max + 1n), type)).toBeUndefined();
  });

  test('takes white space, a plus sign and leading zeros', () => {
    expect(parseScalar('\n\t +007 \r\n', type)).toBe(value(7n));
  });

  test.each([
    '',
    ' ',
    '-',
    '+',
    '--1',
    '+-1',
    '1.0',
    '1e2',
    '0x10',
    '1_0',
    '1 0',
    '1n',
    'one',
    'NaN',
    '१',
    '١',
    'true',
  ])('refuses %j', (text) => {
    expect(parseScalar(text, type)).toBeUndefined();
  });

  test('refuses a number of absurd length', () => {
    expect(parseScalar('9'.repeat(500_000), type)).toBeUndefined();
    expect(parseScalar(`${'0'.repeat(500_000)}1`, type)).toBeUndefined();
  });
});

describe('boolean', () => {
  test.each(['true', 'TRUE', 'True', ' true\n', '1'])('takes %j as true', (text) => {
    expect(parseScalar(text, 'boolean')).toBe(true);
  });

  test.each(['false', 'FALSE', 'False', '\tfalse ', '0'])('takes %j as false', (text) => {
    expect(parseScalar(text, 'boolean')).toBe(false);
  });

  test.each(['', '2', '-1', 'yes', 'tru', 'truee', 't', '00', '01', 'null'])('refuses %j', (text) => {
    expect(parseScalar(text, 'boolean')).toBeUndefined();
  });
});

describe.each(['real32', 'real64'] as const)('%s', (type) => {
  test.each([
    ['1.5', 1.5],
    ['-1.5e3', -1500],
    ['+2.5E-1', 0.25],
    ['.5', 0.5],
    ['5.', 5],
    [' 7 ', 7],
    ['INF', Number.POSITIVE_INFINITY],
    ['-INF', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
    ['-0', -0],
    ['1e-400', 0],
  ])('reads %j', (text, value) => {
    expect(parseScalar(text, type)).toBe(value);
  });

  test.each(['', '.', 'e5', '1e', '1e+', '1,5', '0x1p3', 'Infinity', '1e400', '--1', '1.5.5', '1 5', 'nano'])(
    'refuses %j',
    (text) => {
      expect(parseScalar(text, type)).toBeUndefined();
    },
  );

  test('refuses a number of absurd length', () => {
    expect(parseScalar('1'.repeat(500_000), type)).toBeUndefined();
  });
});

test('real32 is narrowed to a single, and refused above the largest one', () => {
  expect(parseScalar('1.10000002384186', 'real32')).toBe(Math.fround(1.1));
  expect(parseScalar('3.4028235e38', 'real32')).toBe(3.4028234663852886e38);
  expect(parseScalar('3.5e38', 'real32')).toBeUndefined();
});

test('real64 reaches to its largest and smallest value', () => {
  expect(parseScalar('1.7976931348623157e308', 'real64')).toBe(Number.MAX_VALUE);
  expect(parseScalar('5e-324', 'real64')).toBe(Number.MIN_VALUE);
});

describe('char16', () => {
  test.each([
    ['A', 'A'],
    [' ', ' '],
    [' A\n', 'A'],
    ['65', 'A'],
    ['0', '\0'],
    ['7', '\u0007'],
    ['65535', '\uffff'],
    ['55296', '\ud800'],
    ['é', 'é'],
  ])('reads %j as %j', (text, value) => {
    expect(parseScalar(text, 'char16')).toBe(value);
  });

  test.each(['', 'AB', '65536', '99999', '100000', '-1', '1.5', '😀'])('refuses %j', (text) => {
    expect(parseScalar(text, 'char16')).toBeUndefined();
  });
});

test('string keeps every character', () => {
  expect(parseScalar(' \n a ', 'string')).toBe(' \n a ');
  expect(parseScalar('', 'string')).toBe('');
});

test('datetime is read in its CIM form, blanks around it allowed', () => {
  expect(String(parseScalar('\n20260102030405.000000+000 ', 'datetime'))).toBe('20260102030405.000000+000');
  expect(parseScalar('2026-01-02T03:04:05Z', 'datetime')).toBeUndefined();
});

test('a reference is never read from text', () => {
  expect(parseScalar('TEST_System.Name="a"', 'reference')).toBeUndefined();
});
