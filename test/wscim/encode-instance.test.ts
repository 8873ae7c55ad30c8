import { expect, test } from 'vitest';
import { CimDateTime } from '../../src/cim/model/cim-date-time.js';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import type { CimValue } from '../../src/cim/model/cim-value.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import {
  encodeFragment,
  encodeFragmentInSteps,
  encodeInstance,
  encodeInstanceInSteps,
  propertySet,
} from '../../src/wscim/encode-instance.js';
import { isLarge } from '../../src/wscim/encode-value.js';
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
  [{ many_uint8: null, a_string: null }, '<a_string xsi:nil="true"/>'],
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

const many = <T>(make: (n: number) => T, count = 1_000): T[] => Array.from({ length: count }, (_, n) => make(n));
const date = CimDateTime.parse('20260102030405.000000+000');
const large = new CimInstance('TEST_EveryType', [
  ['many_uint8', many((n) => n % 256)],
  ['octets', [0, 0, 3, 236, ...many((n) => n % 256)]],
  ['many_datetime', many((n) => (n % 3 === 0 ? null : date))],
]);

test.each<[string, CimInstance]>([
  ['little', new CimInstance('TEST_EveryType', [['a_string', 'x']])],
  ['large arrays', large],
  ['large arrays within an object', new CimInstance('TEST_EveryType', [['an_object', large]])],
  [
    'large arrays within one of few objects, and NULL',
    new CimInstance('TEST_EveryType', [
      ['many_setting', [null, large, new CimInstance('TEST_Setting', [['Count', 1]])]],
    ]),
  ],
])('an instance with %s is in steps what it is at once', (what, instance) => {
  const view = { cimClass: schema.getClass('TEST_EveryType'), uri: 'urn:x' };
  const context = { family: 'dmtf', namespace, schema, preciseArrays: true } as const;
  for (const [atOnce, inSteps] of [
    [encodeInstance, encodeInstanceInSteps],
    [encodeFragment, encodeFragmentInSteps],
  ] as const) {
    const steps = inSteps(instance, view, context);
    let count = 0;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        expect(step.value).toBe(atOnce(instance, view, context));
        break;
      }
      count += 1;
    }
    expect(count > 10).toBe(what !== 'little');
    expect([...instance.properties.values()].some(isLarge)).toBe(what !== 'little');
  }
});
