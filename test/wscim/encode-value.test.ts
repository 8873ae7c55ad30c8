import { describe, expect, test } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { encodeValue } from '../../src/wscim/encode-value.js';
import { createTestSchema, namespace } from '../support/test-schema.js';
import { readElement } from '../support/xml-fragment.js';

const schema = createTestSchema();

function encode(name: string, value: CimValue, options: { preciseArrays?: boolean; family?: 'dmtf' | 'wmi' } = {}) {
  const property = schema.getClass('TEST_EveryType').properties.get(name);
  if (!property) throw new Error(`no property ${name}`);
  return encodeValue('p:', property, value, { family: 'dmtf', namespace, schema, preciseArrays: false, ...options });
}

describe('as Windows writes it', () => {
  test.each<[string, CimValue, string]>([
    ['a_boolean', true, '<p:a_boolean>true</p:a_boolean>'],
    ['a_uint64', 18446744073709551615n, '<p:a_uint64>18446744073709551615</p:a_uint64>'],
    ['a_char16', 'A', '<p:a_char16>65</p:a_char16>'],
    ['a_string', 'a<b>&"\r', '<p:a_string>a&lt;b&gt;&amp;"&#13;</p:a_string>'],
    ['a_string', '', '<p:a_string></p:a_string>'],
    ['a_string', null, '<p:a_string xsi:nil="true"/>'],
    ['many_uint8', [1, 2], '<p:many_uint8>1</p:many_uint8><p:many_uint8>2</p:many_uint8>'],
    ['many_uint8', null, '<p:many_uint8 xsi:nil="true"/>'],
    ['octets', [0, 0, 0, 6, 255, 0], '<p:octets xsi:type="cim:cimBase64Binary">/wA=</p:octets>'],
  ])('the value of %s', (name, value, xml) => {
    expect(encode(name, value)).toBe(xml);
  });

  test('a class, which WS-CIM has no form for, as its declaration in CIM-XML', () => {
    const value = schema.getClass('TEST_EveryType');
    const text = readElement(encode('a_string', value)).text;
    expect(text).toMatch(/^<CLASS NAME="TEST_EveryType"/);
    expect(text).toContain('<PROPERTY NAME="a_boolean" TYPE="boolean"');
  });

  test.each([
    ['20260102030405.000000+000', '<cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime>'],
    ['20260102030405.123456+060', '<cim:Datetime>2026-01-02T03:04:05.123456+01:00</cim:Datetime>'],
    ['20260102030405.100000-150', '<cim:Datetime>2026-01-02T03:04:05.1-02:30</cim:Datetime>'],
    ['00000001020304.000000:000', '<cim:Interval>P1DT2H3M4.000000S</cim:Interval>'],
    ['20260102030405.******+000', '<cim:CIM_DateTime>20260102030405.******+000</cim:CIM_DateTime>'],
  ])('the datetime %s', (text, xml) => {
    expect(encode('a_datetime', CimDateTime.parse(text))).toBe(`<p:a_datetime>${xml}</p:a_datetime>`);
  });
});

test('a NULL array is marked when the client asks for it, a NULL scalar is not', () => {
  expect(encode('many_uint8', null, { preciseArrays: true })).toBe(
    '<p:many_uint8 xsi:nil="true" m:IsNullArray="true"/>',
  );
  expect(encode('a_uint8', null, { preciseArrays: true })).toBe('<p:a_uint8 xsi:nil="true"/>');
});

test('under a WMI URI an embedded instance has no array that is NULL, unless the client wants precise arrays', () => {
  const setting = new CimInstance('TEST_Setting', [['InstanceID', 'x']]);
  expect(encode('a_setting', setting, { family: 'wmi' })).not.toContain('p1:Names');
  expect(encode('a_setting', setting, { family: 'wmi', preciseArrays: true })).toContain(
    '<p1:Names xsi:nil="true" m:IsNullArray="true"/>',
  );
});

test('an embedded instance has every property of its class in alphabetical order', () => {
  const element = readElement(encode('a_setting', new CimInstance('TEST_Setting', [['InstanceID', 'x']])));
  expect(element.attributes.map(({ localName, value }) => [localName, value])).toEqual([
    ['type', 'p1:TEST_Setting_Type'],
  ]);
  expect(element.children.map(({ localName }) => localName)).toEqual([
    'Count',
    'ElementName',
    'Inner',
    'InstanceID',
    'Names',
    'When',
  ]);
});

test('an instance in an instance has a prefix of its own', () => {
  const inner = new CimInstance('TEST_SpecialSetting', []);
  const xml = encode('a_setting', new CimInstance('TEST_Setting', [['Inner', inner]]), { family: 'wmi' });
  expect(xml).toContain(
    '<p1:Inner xmlns:p2="http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/TEST_SpecialSetting"',
  );
  expect(xml).toContain('<p2:Extra xsi:nil="true"/>');
});

describe('a reference', () => {
  const property = schema.getClass('TEST_Hosts').properties.get('Antecedent');
  const encodePath = (path: InstancePath, family: 'dmtf' | 'wmi') =>
    property && encodeValue('p:', property, path, { family, namespace, schema, preciseArrays: false });
  const path = new InstancePath({ className: 'TEST_System', keys: { Name: 'a&b' } });

  test('names its namespace by a selector in the DMTF family', () => {
    expect(encodePath(path, 'dmtf')).toBe(
      '<p:Antecedent><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>' +
        '<a:ReferenceParameters><w:ResourceURI>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/TEST_System</w:ResourceURI>' +
        '<w:SelectorSet><w:Selector Name="__cimnamespace">root/test</w:Selector>' +
        '<w:Selector Name="Name">a&amp;b</w:Selector></w:SelectorSet></a:ReferenceParameters></p:Antecedent>',
    );
  });

  test('names its namespace in the URI in the WMI family', () => {
    const xml = encodePath(path.inNamespace('root/other'), 'wmi');
    expect(xml).toContain('<w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/other/TEST_System<');
    expect(xml).not.toContain('__cimnamespace');
  });

  test('keeps the EndpointReference level inside a selector', () => {
    const outer = new InstancePath({ className: 'TEST_Hosts', keys: { Antecedent: path, Dependent: path } });
    expect(encodePath(outer, 'dmtf')).toContain('<w:Selector Name="Antecedent"><a:EndpointReference><a:Address>');
  });
});
