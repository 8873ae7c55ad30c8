import { describe, expect, test } from 'vitest';
import type { CimProperty } from '../../src/cim/model/cim-class.js';
import { decodeValue } from '../../src/wscim/decode-value.js';
import { escapeText } from '../../src/xml/escape-xml.js';
import { plain } from '../support/plain-value.js';
import { createTestSchema, wscimContext } from '../support/test-schema.js';
import { dmtfUri, readElements } from '../support/xml-fragment.js';

const schema = createTestSchema();

function propertyOf(name: string): CimProperty {
  const property = schema.getClass('TEST_EveryType').properties.get(name);
  if (!property) throw new Error(`no property ${name}`);
  return property;
}

function decode(xml: string, name = 'a_setting'): unknown {
  return plain(decodeValue(readElements(xml), propertyOf(name), 'Parameter Goal', wscimContext(schema)));
}

const uri = dmtfUri('TEST_Setting');
const expected = { className: 'TEST_Setting', properties: { InstanceID: 'goal:1', Count: 5 } };
const properties = '<p1:InstanceID>goal:1</p1:InstanceID><p1:Count>5</p1:Count>';
const mof = 'instance of TEST_Setting {\n  InstanceID = "goal:1";\n  Count = 5;\n};';
const cimXml =
  '<INSTANCE CLASSNAME="TEST_Setting"><PROPERTY NAME="InstanceID" TYPE="string"><VALUE>goal:1</VALUE></PROPERTY>' +
  '<PROPERTY NAME="Count" TYPE="uint32"><VALUE>5</VALUE></PROPERTY></INSTANCE>';
const wsman = `<p1:TEST_Setting xmlns:p1="${uri}">${properties}</p1:TEST_Setting>`;

describe('an embedded instance is read from', () => {
  test.each([
    ['elements with xsi:type', `<Goal xmlns:p1="${uri}" xsi:type="p1:TEST_Setting_Type">${properties}</Goal>`],
    ['elements with an undeclared prefix in xsi:type', `<Goal xsi:type="q:TEST_Setting_Type">${properties}</Goal>`],
    [
      'elements with xsi in the wrong namespace',
      `<Goal xmlns:xsi="http://www.w3.org/2001/XMLSchema" xsi:type="p1:TEST_Setting_Type">${properties}</Goal>`,
    ],
    ['elements of the declared class', `<Goal xmlns:p1="${uri}">${properties}</Goal>`],
    ['elements in other case', `<Goal xsi:type="test_setting_Type">${properties.replaceAll('Count', 'COUNT')}</Goal>`],
    ['elements after a cim:Location', `<Goal><cim:Location>x</cim:Location>${properties}</Goal>`],
    ['a root of its own, unescaped', `<Goal>${wsman}</Goal>`],
    ['MOF', `<Goal>${mof}</Goal>`],
    ['MOF as Windows types it', `<Goal xsi:type="cim:cimString">${mof}</Goal>`],
    ['MOF as XML Schema types it', `<Goal xsi:type="xs:string">${mof}</Goal>`],
    ['MOF with line breaks around it', `<Goal>\n\n${mof}\n</Goal>`],
    ['CIM-XML', `<Goal>${escapeText(cimXml)}</Goal>`],
    ['CIM-XML with a declaration', `<Goal>${escapeText(`<?xml version="1.0"?>\n${cimXml}`)}</Goal>`],
    [
      'CIM-XML inside its envelope',
      `<Goal>${escapeText(`<CIM><DECLARATION><DECLGROUP><VALUE.OBJECT>${cimXml}</VALUE.OBJECT></DECLGROUP></DECLARATION></CIM>`)}</Goal>`,
    ],
    ['CIM-XML in CDATA', `<Goal xsi:type="cim:cimString"><![CDATA[${cimXml}]]></Goal>`],
    ['CIM-XML, unescaped', `<Goal>${cimXml}</Goal>`],
    [
      'CIM-XML, unescaped in a default namespace',
      `<Goal><INSTANCE xmlns="urn:x"${cimXml.slice('<INSTANCE'.length)}</Goal>`,
    ],
    ['escaped instance XML', `<Goal>${escapeText(wsman)}</Goal>`],
    [
      'escaped instance XML in the WMI family',
      `<Goal>${escapeText(wsman.replace(uri, 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/TEST_Setting'))}</Goal>`,
    ],
    [
      'escaped instance XML named after the property',
      `<Goal>${escapeText(wsman.replaceAll('p1:TEST_Setting', 'p1:Goal'))}</Goal>`,
    ],
    [
      'escaped instance XML with only xsi:type',
      `<Goal>${escapeText(`<Goal xsi:type="p1:TEST_Setting_Type" xmlns:p1="${uri}">${properties}</Goal>`)}</Goal>`,
    ],
  ])('%s', (_, xml) => {
    expect(decode(xml)).toEqual(expected);
  });

  test('an element without properties, when it names its class', () => {
    expect(decode('<Goal xsi:type="p:TEST_SpecialSetting_Type"/>')).toEqual({
      className: 'TEST_SpecialSetting',
      properties: {},
    });
  });

  test('a root of its own without properties', () => {
    expect(decode(`<Goal><TEST_SpecialSetting/></Goal>`)).toMatchObject({ className: 'TEST_SpecialSetting' });
  });

  test('one property that has elements itself', () => {
    const when = `<p1:When xmlns:p1="${uri}"><cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime></p1:When>`;
    expect(decode(`<Goal>${when}</Goal>`)).toMatchObject({
      properties: { When: { datetime: '20260102030405.000000+000' } },
    });
  });

  test('every form of a subclass', () => {
    const asSubclass = (text: string) => text.replaceAll('TEST_Setting', 'TEST_SpecialSetting');
    for (const text of [mof, cimXml, wsman]) {
      expect(decode(`<Goal>${escapeText(asSubclass(text))}</Goal>`)).toMatchObject({
        className: 'TEST_SpecialSetting',
      });
    }
  });

  test('several elements of an array, each in its own form', () => {
    const xml = `<Goal>${mof}</Goal><Goal>${escapeText(cimXml)}</Goal><Goal xsi:nil="true"/><Goal>${properties}</Goal>`;
    expect(decode(xml, 'many_setting')).toEqual([expected, expected, null, expected]);
  });
});

describe('instances within each other are read from', () => {
  const inner = { className: 'TEST_Setting', properties: { InstanceID: 'goal:1', Count: 5 } };
  const outer = { className: 'TEST_Setting', properties: { Inner: inner } };
  const innerElement = (content: string) => `<Goal><p1:Inner>${content}</p1:Inner></Goal>`;

  test.each([
    ['elements', innerElement(properties)],
    ['elements with xsi:type', innerElement(properties).replace('Inner>', 'Inner xsi:type="x:TEST_Setting_Type">')],
    ['MOF in an element', innerElement(mof)],
    ['CIM-XML in an element', innerElement(escapeText(cimXml))],
    ['MOF in escaped XML', `<Goal>${escapeText(`<TEST_Setting><Inner>${mof}</Inner></TEST_Setting>`)}</Goal>`],
  ])('%s', (_, xml) => {
    expect(decode(xml)).toEqual(outer);
  });
});

describe('NULL is', () => {
  test.each(['<Goal/>', '<Goal> \n</Goal>', '<Goal xsi:nil="true"/>', '<Goal xsi:type="cim:cimString"/>', ''])(
    '%j',
    (xml) => {
      expect(decode(xml)).toBeNull();
    },
  );
});

describe('an instance of a class that the declaration does not name is left to the provider', () => {
  test.each([
    ['in MOF', '<Goal>instance of TEST_System { Name = "a"; };</Goal>'],
    ['by xsi:type', '<Goal xsi:type="p:TEST_System_Type"><Name>a</Name></Goal>'],
    ['in CIM-XML', '<Goal>&lt;INSTANCE CLASSNAME="TEST_System"/></Goal>'],
  ])('%s', (_, xml) => {
    expect(decode(xml)).toMatchObject({ className: 'TEST_System' });
  });
});

describe('no instance is read from', () => {
  const twice = `<TEST_Setting><Inner>${escapeText(wsman)}</Inner></TEST_Setting>`;

  test.each([
    ['plain text', '<Goal>fast, please</Goal>', /^Parameter Goal: /],
    ['MOF of an unknown class', '<Goal>instance of TEST_Nothing {};</Goal>', /TEST_Nothing/],
    ['MOF with an unknown property', '<Goal>instance of TEST_Setting { Bogus = 1; };</Goal>', /Bogus/],
    ['two instances in MOF', `<Goal>${mof}${mof}</Goal>`, /Goal/],
    ['an unknown class in xsi:type', '<Goal xsi:type="p:TEST_Nothing_Type"/>', /TEST_Nothing does not exist/],
    ['an unknown property', '<Goal><Bogus>1</Bogus></Goal>', /no property Bogus/],
    [
      'an unknown property in the namespace of the class',
      `<Goal><p:Bogus xmlns:p="${uri}">1</p:Bogus></Goal>`,
      /no property Bogus/,
    ],
    [
      'an unknown property with elements',
      `<Goal><p:Bogus xmlns:p="${uri}"><Count>1</Count></p:Bogus></Goal>`,
      /no property Bogus/,
    ],
    ['a property given twice', '<Goal><Count>1</Count><COUNT>2</COUNT></Goal>', /2 values/],
    ['a property of the wrong type', '<Goal><Count>many</Count></Goal>', /Goal\.Count: 'many'/],
    ['a property out of range in an array', '<Goal><Names><b/></Names></Goal>', /Goal\.Names\[0\]/],
    ['an EPR', '<Goal><a:EndpointReference/></Goal>', /EndpointReference/],
    ['two instances for one', `<Goal>${properties}</Goal><Goal/>`, /2 values/],
    ['XML that is none', '<Goal>&lt;</Goal>', /not well-formed/],
    ['XML with a document type', '<Goal>&lt;!DOCTYPE x []>&lt;x/></Goal>', /document type/],
    ['XML of an unknown class', '<Goal>&lt;TEST_Nothing/></Goal>', /TEST_Nothing/],
    ['CIM-XML of an unknown class', '<Goal>&lt;INSTANCE CLASSNAME="X"/></Goal>', /class X does not exist/],
    ['text in text in text', `<Goal>${escapeText(twice)}</Goal>`, /inside text/],
  ])('%s', (_, xml, message) => {
    expect(() => decode(xml)).toThrow(expect.objectContaining({ name: 'CimError' }));
    expect(() => decode(xml)).toThrow(message);
  });

  test.each(['a', '"', '(', '{', 'instance of ', '/*', '//\n', '<', '<a>', '\\', '$x ', '\u{1F600}'])(
    'half a megabyte of %j',
    (text) => {
      const content = text.repeat(500_000 / text.length);
      expect(() => decode(`<Goal><![CDATA[${content}]]></Goal>`)).toThrow(
        expect.objectContaining({ name: 'CimError' }),
      );
    },
  );
});

test('an embedded object needs to say its class', () => {
  expect(decode(`<X xsi:type="TEST_Setting_Type">${properties}</X>`, 'an_object')).toEqual(expected);
  expect(decode(`<X>${wsman}</X>`, 'an_object')).toEqual(expected);
  expect(() => decode(`<X>${properties}</X>`, 'an_object')).toThrow(/class of the embedded object does not exist/);
});

test('the texts of embedded objects in one message have a bound together', () => {
  const text = mof.replace('goal:1', 'x'.repeat(100_000));
  const context = wscimContext(schema);
  const read = () =>
    decodeValue(readElements(`<Goal>${text}</Goal>`), propertyOf('a_setting'), 'Parameter Goal', context);
  read();
  read();
  expect(read).toThrow(/Parameter Goal: the texts of embedded objects in a message have at most 262144 characters/);
  expect(decode(`<Goal>${text}</Goal>`)).toMatchObject({ className: 'TEST_Setting' });
});
