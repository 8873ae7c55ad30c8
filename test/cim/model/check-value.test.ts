import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findTypeProblem } from '../../../src/cim/model/check-value.js';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { type CimType, integerRanges, isBigIntType, plainType } from '../../../src/cim/model/cim-type.js';
import type { CimScalar } from '../../../src/cim/model/cim-value.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { scalarOf } from '../../support/cim-arbitraries.js';
import {
  arrayOf,
  createTestSchema,
  embedded,
  integerTypeNames,
  plainTypeNames,
  reference,
} from '../../support/test-schema.js';

const path = new InstancePath({ className: 'TEST_System', keys: { Name: 'a' } });
const instance = new CimInstance('TEST_Setting', []);
const cimClass = createTestSchema().getClass('TEST_Setting');
const embeddedObject: CimType = { ...plainType('string'), embedded: { kind: 'object' } };

describe.each(plainTypeNames)('%s', (name) => {
  test('takes its values, alone and in arrays', () => {
    fc.assert(
      fc.property(fc.array(scalarOf(name)), (values) => {
        expect(findTypeProblem(values, arrayOf(name))).toBeUndefined();
        for (const value of values) expect(findTypeProblem(value, plainType(name))).toBeUndefined();
      }),
    );
  });

  test('takes NULL, alone, for an array and in one', () => {
    expect(findTypeProblem(null, plainType(name))).toBeUndefined();
    expect(findTypeProblem(null, arrayOf(name))).toBeUndefined();
    expect(findTypeProblem([null], arrayOf(name))).toBeUndefined();
  });

  test('does not take a reference, an instance or a class', () => {
    for (const value of [path, instance, cimClass]) expect(findTypeProblem(value, plainType(name))).toBeDefined();
  });

  test('does not take an array for one value, nor one value for an array', () => {
    expect(findTypeProblem([], plainType(name))).toMatch(/an array was given/);
    fc.assert(
      fc.property(scalarOf(name), (value) => {
        expect(findTypeProblem(value, arrayOf(name))).toMatch(/a single value was given/);
      }),
      { numRuns: 10 },
    );
  });
});

describe.each(integerTypeNames)('%s', (name) => {
  const [min, max] = integerRanges[name];
  const type = plainType(name);

  test('refuses one more at either end', () => {
    const of = (value: bigint) => (isBigIntType(name) ? value : Number(value));
    expect(findTypeProblem(of(min - 1n), type)).toContain(name);
    expect(findTypeProblem(of(max + 1n), type)).toContain(name);
  });

  test('refuses the other kind of number, a fraction and what is no number', () => {
    const other = isBigIntType(name) ? 1 : 1n;
    for (const value of [other, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', true]) {
      expect(findTypeProblem(value, type)).toBeDefined();
    }
  });
});

test.each<[string, CimScalar, CimType]>([
  ['a real32 above the largest single', 3.5e38, plainType('real32')],
  ['a bigint for a real', 1n, plainType('real64')],
  ['two characters for a char16', 'ab', plainType('char16')],
  ['no character for a char16', '', plainType('char16')],
  ['a text for a datetime', '20260102030405.000000+000', plainType('datetime')],
  ['a text for a reference', 'TEST_System.Name="a"', reference('TEST_System')],
  ['a text for an embedded instance', 'instance of TEST_Setting {};', embedded('TEST_Setting')],
  ['a class for an embedded instance', cimClass, embedded('TEST_Setting')],
  ['a reference for an embedded instance', path, embedded('TEST_Setting')],
  ['a datetime for an embedded object', CimDateTime.interval(0n), embeddedObject],
  ['an instance for a reference', instance, reference('TEST_System')],
  ['a number for a boolean', 1, plainType('boolean')],
])('%s does not fit', (_, value, type) => {
  expect(findTypeProblem(value, type)).toBeDefined();
});

test.each<[string, CimScalar, CimType]>([
  ['a reference', path, reference('TEST_System')],
  ['an instance for an embedded instance', instance, embedded('TEST_Setting')],
  ['an instance for an embedded object', instance, embeddedObject],
  ['a class for an embedded object', cimClass, embeddedObject],
  ['the largest single', 3.4028234663852886e38, plainType('real32')],
  ['NaN', Number.NaN, plainType('real32')],
])('%s fits', (_, value, type) => {
  expect(findTypeProblem(value, type)).toBeUndefined();
});

test('an array of fixed size holds as many elements, or fewer', () => {
  expect(findTypeProblem([1, 2], arrayOf('uint8', 2))).toBeUndefined();
  expect(findTypeProblem([], arrayOf('uint8', 2))).toBeUndefined();
  expect(findTypeProblem([1, 2, 3], arrayOf('uint8', 2))).toMatch(/3 elements do not fit uint8\[2\]/);
});

test('the problem names the element of an array', () => {
  expect(findTypeProblem([1, null, 256], arrayOf('uint8'))).toMatch(/^element 2: 256 /);
});

test('the problem shows no more than the beginning of a long value', () => {
  const long = new InstancePath({ className: 'C', keys: { K: 'x'.repeat(100_000) } });
  for (const value of ['x'.repeat(100_000), long]) {
    expect(findTypeProblem(value, plainType('uint8'))?.length).toBeLessThan(300);
  }
});
