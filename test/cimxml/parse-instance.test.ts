import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import type { CimScalar, CimValue } from '../../src/cim/model/cim-value.js';
import { formatScalar } from '../../src/cim/model/format-scalar.js';
import { findInstanceElement, parseInstanceElement } from '../../src/cimxml/parse-instance.js';
import { escapeText } from '../../src/xml/escape-xml.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import { scalarOf } from '../support/cim-arbitraries.js';
import { plain } from '../support/plain-value.js';
import { createTestSchema, plainTypeNames } from '../support/test-schema.js';

const schema = createTestSchema();

function parse(xml: string): unknown {
  const element = findInstanceElement(readXmlText(xml));
  if (!element) throw new Error('no INSTANCE');
  return plain(parseInstanceElement(element, schema));
}

function instance(className: string, ...properties: readonly string[]): string {
  return `<INSTANCE CLASSNAME="${className}">${properties.join('')}</INSTANCE>`;
}

const property = (name: string, content: string) => `<PROPERTY NAME="${name}" TYPE="string">${content}</PROPERTY>`;
const value = (text: string) => `<VALUE>${escapeText(text)}</VALUE>`;
const embedded = (name: string, xml: string) => property(name, value(xml));

const invalid = expect.objectContaining({ name: 'CimError', status: CimStatus.InvalidParameter });

describe('an INSTANCE', () => {
  test.each(plainTypeNames)('gives values of type %s, one and many', (name) => {
    const text = (scalar: CimScalar) => value(formatScalar(scalar as Parameters<typeof formatScalar>[0], name));
    fc.assert(
      fc.property(scalarOf(name), fc.array(fc.option(scalarOf(name))), (one, many) => {
        const items = many.map((item) => (item === null ? '<VALUE.NULL/>' : text(item))).join('');
        const list = `<PROPERTY.ARRAY NAME="many_${name}" TYPE="x"><VALUE.ARRAY>${items}</VALUE.ARRAY></PROPERTY.ARRAY>`;
        const expected: Record<string, CimValue> = {
          [`a_${name}`]: one,
          ...(many.length > 0 && { [`many_${name}`]: many }),
        };
        expect(parse(instance('TEST_EveryType', property(`a_${name}`, text(one)), list))).toEqual({
          className: 'TEST_EveryType',
          properties: Object.fromEntries(Object.entries(expected).map(([key, held]) => [key, plain(held)])),
        });
      }),
      { numRuns: 50 },
    );
  });

  test('finds class and properties in any case', () => {
    expect(parse(instance('test_setting', property('COUNT', value('5'))))).toEqual({
      className: 'TEST_Setting',
      properties: { Count: 5 },
    });
  });

  test('leaves a property without value NULL', () => {
    const element = readXmlText(instance('TEST_Setting', property('Count', '')));
    expect(parseInstanceElement(element, schema).properties.get('Count')).toBeNull();
  });

  test('passes over qualifiers', () => {
    const qualifier = '<QUALIFIER NAME="Key" TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER>';
    expect(parse(instance('TEST_Setting', qualifier, property('Count', qualifier + value('5'))))).toMatchObject({
      properties: { Count: 5 },
    });
  });

  test('holds instances as text, up to four levels', () => {
    const innermost = instance('TEST_Setting', property('Count', value('5')));
    const nested = (levels: number): string =>
      levels === 1 ? innermost : instance('TEST_Setting', embedded('Inner', nested(levels - 1)));
    expect(parse(nested(4))).toMatchObject({
      properties: { Inner: { properties: { Inner: { properties: { Inner: { properties: { Count: 5 } } } } } } },
    });
    expect(() => parse(nested(5))).toThrow(/more than 4 levels/);
  });

  test('holds a reference', () => {
    const key = '<KEYBINDING NAME="PortNumber"><KEYVALUE VALUETYPE="numeric">3260</KEYVALUE></KEYBINDING>';
    const reference = `<VALUE.REFERENCE><INSTANCENAME CLASSNAME="TEST_Port">${key}</INSTANCENAME></VALUE.REFERENCE>`;
    const xml = `<PROPERTY.REFERENCE NAME="Dependent">${reference}</PROPERTY.REFERENCE>`;
    expect(parse(instance('TEST_HostsPort', xml))).toMatchObject({
      properties: { Dependent: { className: 'TEST_Port', keys: { PortNumber: 3260 } } },
    });
  });
});

describe('what stands around an INSTANCE is passed over:', () => {
  const inner = instance('TEST_Setting');

  test.each([
    inner,
    `<VALUE.NAMEDINSTANCE><INSTANCENAME CLASSNAME="TEST_Setting"/>${inner}</VALUE.NAMEDINSTANCE>`,
    `<CIM CIMVERSION="2.0" DTDVERSION="2.0"><DECLARATION><DECLGROUP><VALUE.OBJECT>${inner}</VALUE.OBJECT></DECLGROUP></DECLARATION></CIM>`,
    `<DECLGROUP>\n<VALUE.OBJECTWITHPATH><INSTANCEPATH/>${inner}</VALUE.OBJECTWITHPATH></DECLGROUP>`,
  ])('%s', (xml) => {
    expect(parse(xml)).toMatchObject({ className: 'TEST_Setting' });
  });

  test.each(['<CIM/>', '<INSTANCE/>', '<CLASS NAME="TEST_Setting"/>', `<OTHER><MORE>${inner}</MORE></OTHER>`])(
    'but there is none in %s',
    (xml) => {
      expect(findInstanceElement(readXmlText(xml))).toBeUndefined();
    },
  );
});

describe('an INSTANCE is refused for', () => {
  const array = (content: string) => `<PROPERTY.ARRAY NAME="Names" TYPE="string">${content}</PROPERTY.ARRAY>`;

  test.each([
    ['an unknown class', instance('TEST_Nothing'), /class TEST_Nothing does not exist/],
    ['an unknown property', instance('TEST_Setting', property('Bogus', '')), /no property Bogus/],
    ['a property without name', instance('TEST_Setting', '<PROPERTY/>'), /no property/],
    ['a property given twice', instance('TEST_Setting', property('Count', ''), property('count', '')), /twice/],
    [
      'a property with two values',
      instance('TEST_Setting', property('Count', '<VALUE>1</VALUE><VALUE>2</VALUE>')),
      /2 values/,
    ],
    [
      'a number that is none',
      instance('TEST_Setting', property('Count', value('many'))),
      /'many' is not a value of type uint32/,
    ],
    ['a number out of range', instance('TEST_Setting', property('Count', value('4294967296'))), /uint32/],
    ['a datetime in ISO form', instance('TEST_Setting', property('When', value('2026-01-02T03:04:05Z'))), /datetime/],
    [
      'an array for one value',
      instance('TEST_Setting', property('Count', '<VALUE.ARRAY/>')),
      /wants VALUE, not VALUE.ARRAY/,
    ],
    ['one value for an array', instance('TEST_Setting', array('<VALUE>a</VALUE>')), /wants VALUE.ARRAY, not VALUE/],
    ['an embedded text that is no XML', instance('TEST_Setting', embedded('Inner', 'instance of')), /not XML/],
    ['an embedded text without INSTANCE', instance('TEST_Setting', embedded('Inner', '<a/>')), /not an INSTANCE/],
    [
      'an embedded instance that does not fit',
      instance('TEST_Setting', embedded('Inner', instance('TEST_System'))),
      /not of TEST_System/,
    ],
  ])('%s', (_, xml, message) => {
    expect(() => parse(xml)).toThrow(invalid);
    expect(() => parse(xml)).toThrow(message);
  });

  test('long names, which it does not repeat', () => {
    const long = 'x'.repeat(100_000);
    for (const xml of [
      instance(long),
      instance('TEST_Setting', property(long, '')),
      instance('TEST_Setting', property('Count', value(long))),
    ]) {
      expect(() => parse(xml)).toThrow(/^.{0,200}$/);
    }
  });
});
