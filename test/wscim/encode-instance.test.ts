import { expect, test } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { encodeFragment, propertySet } from '../../src/wscim/encode-instance.js';
import { createTestSchema, namespace } from '../support/test-schema.js';

const schema = createTestSchema();
const START =
  '<w:XmlFragment xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd">';

function encode(values: Readonly<Record<string, CimValue>>, className = 'TEST_EveryType'): string {
  const cimClass = schema.getClass(className);
  const view = { cimClass, uri: 'urn:x', properties: propertySet(Object.keys(values)) };
  const context = { family: 'wmi', namespace, schema, preciseArrays: false } as const;
  const xml = encodeFragment(new CimInstance(className, Object.entries(values)), view, context);
  expect(xml.startsWith(START)).toBe(true);
  expect(xml.endsWith('</w:XmlFragment>')).toBe(true);
  return xml.slice(START.length, -'</w:XmlFragment>'.length);
}

test.each<[Readonly<Record<string, CimValue>>, string]>([
  [{ a_string: 'b<', a_boolean: true }, '<a_boolean>true</a_boolean><a_string>b&lt;</a_string>'],
  [{ many_uint8: [1, 2] }, '<many_uint8>1</many_uint8><many_uint8>2</many_uint8>'],
  [{ many_uint8: null, a_string: null }, '<a_string xsi:nil="true"/><many_uint8 xsi:nil="true"/>'],
  [
    { a_datetime: CimDateTime.parse('20260102030405.000000+000') },
    '<a_datetime><Datetime>2026-01-02T03:04:05Z</Datetime></a_datetime>',
  ],
  [
    { octets: [0, 0, 0, 6, 255, 0] },
    '<octets xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common" xsi:type="cim:cimBase64Binary">/wA=</octets>',
  ],
  [{}, ''],
])('a projection of %o has its elements in no namespace, in alphabetical order', (values, xml) => {
  expect(encode(values)).toBe(xml);
});

test('the properties of an embedded instance stay in the namespace of its class', () => {
  const setting = new CimInstance('TEST_Setting', [['Count', 1]]);
  expect(encode({ a_setting: setting })).toMatch(
    /^<a_setting xmlns:p1="[^"]*TEST_Setting" xsi:type="p1:TEST_Setting_Type">.*<p1:Count>1</,
  );
});

test('a reference is an EPR as everywhere', () => {
  const path = new InstancePath({ namespace, className: 'TEST_Port', keys: { PortNumber: 1 } });
  const [association] = [...schema.classes].filter(({ isAssociation }) => isAssociation);
  const [name = ''] = association?.keys.map((key) => key.name) ?? [];
  expect(encode({ [name]: path }, association?.name)).toMatch(new RegExp(`^<${name}><a:Address>.*</${name}>$`));
});
