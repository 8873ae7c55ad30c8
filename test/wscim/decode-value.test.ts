import { describe, expect, test } from 'vitest';
import type { CimProperty } from '../../src/cim/model/cim-class.js';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { integerRanges, isBigIntType } from '../../src/cim/model/cim-type.js';
import { decodeValue } from '../../src/wscim/decode-value.js';
import { plain } from '../support/plain-value.js';
import { createTestSchema, integerTypeNames, plainTypeNames, wscimContext } from '../support/test-schema.js';
import { readElements } from '../support/xml-fragment.js';

const schema = createTestSchema();

function propertyOf(name: string): CimProperty {
  const property = schema.getClass('TEST_EveryType').properties.get(name);
  if (!property) throw new Error(`no property ${name}`);
  return property;
}

function decode(name: string, xml: string): unknown {
  return plain(decodeValue(readElements(xml), propertyOf(name), 'Parameter X', wscimContext(schema)));
}

const mismatch = expect.objectContaining({ name: 'CimError', status: CimStatus.TypeMismatch });

describe.each(integerTypeNames)('a %s', (name) => {
  const [min, max] = integerRanges[name];
  const value = (number: bigint) => (isBigIntType(name) ? number : Number(number));

  test('is taken up to both ends of its range', () => {
    for (const end of [min, max]) expect(decode(`a_${name}`, `<X>\n ${end}\n</X>`)).toBe(value(end));
  });

  test.each([min - 1n, max + 1n])('is refused beyond: %s', (beyond) => {
    expect(() => decode(`a_${name}`, `<X>${beyond}</X>`)).toThrow(mismatch);
    expect(() => decode(`many_${name}`, `<X>1</X><X>${beyond}</X>`)).toThrow(mismatch);
  });
});

describe('every type', () => {
  test.each(plainTypeNames)('%s is NULL by xsi:nil, also where xsi is bound to the wrong namespace', (name) => {
    expect(decode(`a_${name}`, '<X xsi:nil="true"/>')).toBeNull();
    expect(decode(`a_${name}`, '<X xmlns:xsi="http://www.w3.org/2001/XMLSchema" xsi:nil="true"/>')).toBeNull();
    expect(decode(`many_${name}`, '<X xsi:nil="1" m:IsNullArray="true"/>')).toBeNull();
  });

  test.each(plainTypeNames.filter((name) => name !== 'string'))('%s is not an empty element', (name) => {
    expect(() => decode(`a_${name}`, '<X/>')).toThrow(mismatch);
  });

  test.each(plainTypeNames)('%s is not given twice', (name) => {
    expect(() => decode(`a_${name}`, '<X>1</X><X>1</X>')).toThrow(/2 values were given for a single one/);
  });

  test.each(plainTypeNames)('%s is not an element', (name) => {
    expect(() => decode(`a_${name}`, '<X><p:Y>1</p:Y></X>')).toThrow(mismatch);
  });

  test.each(plainTypeNames.filter((name) => name !== 'string'))('%s is not a text of half a megabyte', (name) => {
    for (const character of ['9', ' ', 'P', '*', '\n', 'T', '-']) {
      expect(() => decode(`a_${name}`, `<X>${character.repeat(500_000)}</X>`)).toThrow(mismatch);
    }
  });
});

describe('a scalar', () => {
  test.each([
    ['a_boolean', '<X>TRUE</X>', true],
    ['a_boolean', '<X> False\n</X>', false],
    ['a_boolean', '<X>1</X>', true],
    ['a_boolean', '<X>0</X>', false],
    ['a_boolean', '<X xsi:type="cim:cimBoolean">true</X>', true],
    ['a_uint16', '<X xsi:type="undeclared:cimUnsignedShort">7</X>', 7],
    ['a_string', '<X xsi:type="cim:cimString" Type="xs:string"> a </X>', ' a '],
    ['a_string', '<X/>', ''],
    ['a_string', '<X><![CDATA[<a>]]></X>', '<a>'],
    ['a_string', '<X xsi:nil="false">a</X>', 'a'],
    ['a_char16', '<X>65</X>', 'A'],
    ['a_char16', '<X>A</X>', 'A'],
    ['a_char16', '<X> </X>', ' '],
    ['a_real32', '<X>1.10000002384186</X>', Math.fround(1.1)],
    ['a_real64', '<X>-INF</X>', Number.NEGATIVE_INFINITY],
  ])('%s is read from %s', (name, xml, value) => {
    expect(decode(name, xml)).toBe(value);
  });

  test('of which there is no element is NULL', () => {
    expect(decode('a_string', '')).toBeNull();
  });

  test('that is wrong is named with no more than its beginning', () => {
    expect(() => decode('a_uint8', `<X>${'x'.repeat(100_000)}</X>`)).toThrow(/^Parameter X: 'x{40}…' is not .{0,40}$/);
  });
});

describe('an array', () => {
  test.each([
    ['many_uint16', '<X>1</X>', [1]],
    ['many_uint16', '<X>2</X><X>1</X><X>2</X>', [2, 1, 2]],
    ['many_uint16', '<X>1</X><X xsi:nil="true"/><X>3</X>', [1, null, 3]],
    ['many_uint16', '<X xsi:nil="true"/><X xsi:nil="true"/>', [null, null]],
    ['many_string', '<X/>', ['']],
    ['many_string', '<X>a</X><X/>', ['a', '']],
  ])('%s is read from %s', (name, xml, value) => {
    expect(decode(name, xml)).toEqual(value);
  });

  test('names the element that is wrong', () => {
    expect(() => decode('many_uint16', '<X>1</X><X>no</X>')).toThrow(/^Parameter X\[1\]: 'no' /);
  });
});

describe('octets', () => {
  test.each([
    ['<X xsi:type="cim:cimBase64Binary">AQI=</X>', [0, 0, 0, 6, 1, 2]],
    ['<X>AQI=</X>', [0, 0, 0, 6, 1, 2]],
    ['<X xsi:type="cim:cimBase64Binary"/>', [0, 0, 0, 4]],
    ['<X>255</X>', [255]],
    ['<X>0</X><X>0</X><X>0</X><X>5</X><X>1</X>', [0, 0, 0, 5, 1]],
  ])('are read from %s', (xml, value) => {
    expect(decode('octets', xml)).toEqual(value);
  });

  test('are base64 only where the class says that they are octets', () => {
    expect(() => decode('many_uint8', '<X xsi:type="cim:cimBase64Binary">AQI=</X>')).toThrow(mismatch);
  });

  test.each(['AQI', '256', 'A QI=?', '-1'])('are not %j', (text) => {
    expect(() => decode('octets', `<X>${text}</X>`)).toThrow(mismatch);
  });
});

describe('a datetime', () => {
  const of = (text: string) => ({ datetime: text });

  test.each([
    ['<X><cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime></X>', '20260102030405.000000+000'],
    ['<X>\n<cim:Datetime>\n2026-01-02T03:04:05Z\n</cim:Datetime>\n</X>', '20260102030405.000000+000'],
    ['<X><cim:Interval>P1DT2H3M4.000000S</cim:Interval></X>', '00000001020304.000000:000'],
    ['<X><cim:Date>2026-01-02</cim:Date></X>', '20260102******.******+000'],
    ['<X><cim:Time>03:04:05</cim:Time></X>', '00000000030405.000000:000'],
    ['<X><cim:CIM_DateTime>20260102030405.******+000</cim:CIM_DateTime></X>', '20260102030405.******+000'],
    ['<X><Datetime>2026-01-02T03:04:05Z</Datetime></X>', '20260102030405.000000+000'],
    ['<X>2026-11-22T07:45:30.123456+01:00</X>', '20261122074530.123456+060'],
    ['<X>P1DT2H3M4.000005S</X>', '00000001020304.000005:000'],
    ['<X>20260102030405.000000+060</X>', '20260102030405.000000+060'],
    ['<X xsi:type="cim:cimDateTime"> 20260102030405.000000+060 </X>', '20260102030405.000000+060'],
  ])('is read from %s', (xml, text) => {
    expect(decode('a_datetime', xml)).toEqual(of(text));
  });

  test.each([
    '<X>now</X>',
    '<X><cim:Datetime/></X>',
    '<X><cim:Datetime>now</cim:Datetime></X>',
    '<X><cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime><cim:Date>2026-01-02</cim:Date></X>',
    '<X><cim:Datetime><cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime></cim:Datetime></X>',
    '<X><p:Datetime>2026-01-02T03:04:05Z</p:Datetime></X>',
  ])('is not %s', (xml) => {
    expect(() => decode('a_datetime', xml)).toThrow(mismatch);
  });
});
