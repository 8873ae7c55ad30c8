import { describe, expect, test } from 'vitest';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import type { InstancePath } from '../../src/cim/model/instance-path.js';
import { decodeReference } from '../../src/wscim/decode-reference.js';
import { escapeText } from '../../src/xml/escape-xml.js';
import { plain } from '../support/plain-value.js';
import { pathOf, systemPath } from '../support/test-broker.js';
import { createTestSchema, namespace, wscimContext } from '../support/test-schema.js';
import { dmtfUri, eprChildren, readElement } from '../support/xml-fragment.js';

const schema = createTestSchema();

function decode(xml: string, declaredClass = 'TEST_System'): InstancePath {
  return decodeReference(readElement(xml), declaredClass, 'Parameter X', wscimContext(schema));
}

const mismatch = expect.objectContaining({ name: 'CimError', status: CimStatus.TypeMismatch });

const keys = { CreationClassName: 'TEST_System', Name: 'a' };
const selectors = { __cimnamespace: namespace, ...keys };
const children = eprChildren('TEST_System', selectors);
const undeclared = children.replaceAll('a:', 'wsa:').replaceAll('w:', 'wsman:');
const wmiUri = 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/test/TEST_System';
const wmiChildren = eprChildren('TEST_System', keys).replace(dmtfUri('TEST_System'), wmiUri);

describe('a reference is read from', () => {
  test.each([
    ['an EPR whose children stand in the element', `<X>${children}</X>`],
    ['an EPR with line breaks between everything', `<X>\n${children.replaceAll('><', '>\n  <')}\n</X>`],
    ['an EPR in EndpointReference', `<X><a:EndpointReference>${children}</a:EndpointReference></X>`],
    ['an EPR with prefixes that nobody declared', `<X>${undeclared}</X>`],
    ['an EPR with ReferenceProperties', `<X>${children.replaceAll('ReferenceParameters', 'ReferenceProperties')}</X>`],
    ['an EPR without Address', `<X>${children.replace(/<a:Address>.*<\/a:Address>/, '')}</X>`],
    ['an EPR in a namespace of its own', `<X xmlns:a="urn:x" xmlns:w="urn:y">${children}</X>`],
    ['an EPR with xsi:type', `<X xsi:type="a:EndpointReferenceType">${children}</X>`],
    ['an EPR of the WMI family', `<X>${wmiChildren}</X>`],
    ['an EPR of the WMI family with __cimnamespace', `<X>${children.replace(dmtfUri('TEST_System'), wmiUri)}</X>`],
    ['an EPR without namespace', `<X>${eprChildren('TEST_System', keys)}</X>`],
    ['an EPR with an empty namespace', `<X>${eprChildren('TEST_System', { ...keys, __cimnamespace: ' ' })}</X>`],
    ['an EPR in other case', `<X>${children.replace('TEST_System<', 'test_SYSTEM<').replace('"Name"', '"NAME"')}</X>`],
    ['an EPR with line breaks around values', `<X>${children.replace(/>([^<]+)</g, '>\n  $1\n<')}</X>`],
    ['an EPR with qualified Name attributes', `<X>${children.replaceAll(' Name=', ' w:Name=')}</X>`],
    ['an EPR with a backslash in the namespace', `<X>${children.replace('root/test', 'ROOT\\Test')}</X>`],
    [
      'an EPR as escaped text',
      `<X>${escapeText(`<a:EndpointReference xmlns:a="urn:a" xmlns:w="urn:w">${children}</a:EndpointReference>`)}</X>`,
    ],
    [
      'escaped text with undeclared prefixes',
      `<X>\n${escapeText(`<wsa:EndpointReference>${undeclared}</wsa:EndpointReference>`)}</X>`,
    ],
    [
      'an instance that names its class',
      '<X xsi:type="p1:TEST_System_Type"><CreationClassName>TEST_System</CreationClassName><Name>a</Name></X>',
    ],
    [
      'an instance of the declared class',
      '<X><p:name>a</p:name><p:creationclassname>TEST_System</p:creationclassname></X>',
    ],
    [
      'an instance with more than its keys',
      '<X><Name>a</Name><Size>no number</Size><CreationClassName>TEST_System</CreationClassName></X>',
    ],
    ['an object path', '<X>TEST_System.CreationClassName="TEST_System",Name="a"</X>'],
    [
      'an object path with its namespace',
      '<X xsi:type="cim:cimString">\n//srv/root/test:TEST_System.CreationClassName="TEST_System",Name="a"\n</X>',
    ],
    [
      'an object path as WMI writes it',
      '<X>\\\\SRV\\root\\test:TEST_System.CreationClassName="TEST_System",Name="a"</X>',
    ],
    ['an object path in single quotes', "<X>TEST_System.CreationClassName='TEST_System',Name='a'</X>"],
  ])('%s', (_, xml) => {
    const read = decode(xml);
    expect(read.equals(systemPath('a'))).toBe(true);
    expect(read.className).toBe('TEST_System');
  });
});

describe('keys', () => {
  test.each([
    ['an EPR', `<X>${eprChildren('TEST_Port', { PortNumber: ' 3260 ' })}</X>`],
    ['an instance', '<X><PortNumber>3260</PortNumber></X>'],
    ['an object path', '<X>TEST_Port.PortNumber=3260</X>'],
    ['an object path with a quoted number', '<X>TEST_Port.PortNumber="3260"</X>'],
    ['an object path that leaves the only key to be understood', '<X>TEST_Port=3260</X>'],
  ])('get the type that the class declares, from %s', (_, xml) => {
    expect(decode(xml, 'TEST_Port').keys.get('PortNumber')).toBe(3260);
  });

  test.each([
    ['65536', `<X>${eprChildren('TEST_Port', { PortNumber: '65536' })}</X>`],
    ['text', `<X>${eprChildren('TEST_Port', { PortNumber: 'a' })}</X>`],
    ['-1 in an instance', '<X><PortNumber>-1</PortNumber></X>'],
    ['an empty element in an instance', '<X><PortNumber/></X>'],
    ['a text in an object path', '<X>TEST_Port.PortNumber="a"</X>'],
    ['NULL', '<X><PortNumber xsi:nil="true"/></X>'],
    ['an element', '<X><PortNumber><b>1</b></PortNumber></X>'],
    ['an EPR', `<X>${eprChildren('TEST_Port', { PortNumber: children })}</X>`],
  ])('of type uint16 are not %s', (_, xml) => {
    expect(() => decode(xml, 'TEST_Port')).toThrow(mismatch);
  });

  test.each([
    ['<X>TEST_System="a"</X>', 'class TEST_System has 2 keys (CreationClassName, Name), each of which needs its name'],
    ['<X>TEST_Port=1,2</X>', 'nothing may follow the value of an only key'],
    ["<X>TEST_System.Name='c:\\temp'</X>", 'a backslash in a value stands before a quote or a second backslash'],
    ['<X>any text</X>', 'an endpoint reference to TEST_Port is wanted, not text'],
  ])('of %s are refused: %s', (xml, why) => {
    expect(() => decode(xml, 'TEST_Port')).toThrow(why);
  });

  test('keep their blanks, but not the layout around them', () => {
    const name = (text: string) => decode(`<X>${eprChildren('TEST_System', { Name: text })}</X>`).keys.get('Name');
    expect(name('  a b ')).toBe('  a b ');
    expect(name('\n    a b\n  ')).toBe('a b');
  });

  test('of a datetime are read in ISO form, from a child element too', () => {
    const read = (value: string) => {
      const path = decode(`<X>${eprChildren('TEST_EveryKey', { k_datetime: value })}</X>`, 'TEST_EveryKey');
      return String(path.keys.get('k_datetime'));
    };
    expect(read('2026-01-02T03:04:05Z')).toBe('20260102030405.000000+000');
    expect(read('<cim:Datetime>2026-01-02T03:04:05Z</cim:Datetime>')).toBe('20260102030405.000000+000');
  });

  test('that are no keys of the class stay', () => {
    expect(decode(`<X>${eprChildren('TEST_System', { ...keys, Other: '1' })}</X>`).keys.get('Other')).toBe('1');
  });
});

describe('a reference in a key is read from', () => {
  const hosts = pathOf('TEST_Hosts', { Antecedent: systemPath('a'), Dependent: systemPath('b') });
  const dependent = 'TEST_System.CreationClassName="TEST_System",Name="b"';

  test.each([
    ['an EPR', children],
    ['a wrapped EPR', `<a:EndpointReference>${children}</a:EndpointReference>`],
    ['an EPR with undeclared prefixes', undeclared],
    ['an object path', 'root/test:TEST_System.CreationClassName="TEST_System",Name="a"'],
    ['an object path without namespace', 'TEST_System.CreationClassName="TEST_System",Name="a"'],
  ])('%s', (_, antecedent) => {
    const epr = eprChildren('TEST_Hosts', { Antecedent: antecedent, Dependent: dependent });
    expect(plain(decode(`<X>${epr}</X>`, 'TEST_Hosts'))).toEqual(plain(hosts));
  });

  test('an instance', () => {
    const xml = `<X><Antecedent>${children}</Antecedent><Dependent>${dependent}</Dependent></X>`;
    expect(plain(decode(xml, 'TEST_Hosts'))).toEqual(plain(hosts));
  });

  test('an object path in an object path', () => {
    const text = hosts.toString();
    expect(plain(decode(`<X>${escapeText(text)}</X>`, 'TEST_Hosts'))).toEqual(plain(hosts));
  });
});

describe('a reference to a namespace not served here', () => {
  const elsewhere = { ...selectors, __cimnamespace: 'root/elsewhere' };

  test.each([
    ['an EPR', `<X>${eprChildren('OTHER_Class', { ...elsewhere, Number: '5' })}</X>`],
    ['an object path', '<X>root/elsewhere:OTHER_Class.Number=5</X>'],
  ])('keeps its class and keys as they are, in %s', (_, xml) => {
    const read = decode(xml);
    expect([read.namespace, read.className, String(read.keys.get('Number'))]).toEqual([
      'root/elsewhere',
      'OTHER_Class',
      '5',
    ]);
  });
});

describe('no reference is read from', () => {
  const nested = (depth: number): string =>
    depth === 0 ? children : eprChildren('OTHER_Class', { __cimnamespace: 'root/elsewhere', Key: nested(depth - 1) });
  const inText = (xml: string) => escapeText(`<a:EndpointReference>${xml}</a:EndpointReference>`);
  const deep = eprChildren('TEST_Hosts', { Antecedent: inText(children), Dependent: 'x' });

  test.each([
    ['an empty element', '<X/>'],
    ['blanks', '<X> \n </X>'],
    ['plain text', '<X>iscsi-a</X>'],
    ['a class that does not exist', `<X>${eprChildren('TEST_Nothing', selectors)}</X>`],
    ['a path of a class that does not exist', '<X>TEST_Nothing.Name="a"</X>'],
    ['an instance of a class that does not exist', '<X xsi:type="p:TEST_Nothing_Type"><Name>a</Name></X>'],
    ['an instance without one of its keys', '<X><Name>a</Name></X>'],
    [
      'an instance with a key given twice',
      '<X><Name>a</Name><Name>b</Name><CreationClassName>c</CreationClassName></X>',
    ],
    ['an EPR without ResourceURI', `<X>${children.replace(/<w:ResourceURI>.*<\/w:ResourceURI>/, '')}</X>`],
    ['an EPR with an empty ResourceURI', `<X>${children.replace(dmtfUri('TEST_System'), ' ')}</X>`],
    ['an EPR of all classes', `<X>${children.replace(dmtfUri('TEST_System'), dmtfUri('*'))}</X>`],
    ['an EPR of something else', `<X>${children.replace(dmtfUri('TEST_System'), 'http://example.org/')}</X>`],
    [
      'an EPR with two ResourceURIs',
      `<X>${children.replace('<w:SelectorSet>', '<w:ResourceURI>x</w:ResourceURI><w:SelectorSet>')}</X>`,
    ],
    [
      'an EPR with two SelectorSets',
      `<X>${children.replace('<w:SelectorSet>', '<w:SelectorSet/><w:SelectorSet>')}</X>`,
    ],
    [
      'two EPRs',
      `<X><a:EndpointReference>${children}</a:EndpointReference><a:EndpointReference>${children}</a:EndpointReference></X>`,
    ],
    ['an EPR with a selector given twice', `<X>${children.replace('"Name"', '"CREATIONCLASSNAME"')}</X>`],
    ['an EPR with a selector without Name', `<X>${children.replace('Name="Name"', '')}</X>`],
    ['an EPR with a selector whose Name is blank', `<X>${children.replace('Name="Name"', 'Name=" "')}</X>`],
    [
      'an EPR with two different namespaces',
      `<X>${children.replace(dmtfUri('TEST_System'), wmiUri.replace('root/test', 'root/other'))}</X>`,
    ],
    ['a selector with an element that is no EPR', `<X>${eprChildren('TEST_Hosts', { Antecedent: '<b/>' })}</X>`],
    ['escaped text that is not XML', '<X>&lt;a:EndpointReference></X>'],
    ['escaped text with a document type', '<X>&lt;!DOCTYPE x>&lt;x/></X>'],
    ['text in text in text', `<X>${inText(deep)}</X>`],
    ['references in references in references', `<X>${nested(5)}</X>`],
    ['references nested as deeply as XML may be', `<X>${nested(30)}</X>`],
  ])('%s', (_, xml) => {
    expect(() => decode(xml)).toThrow(mismatch);
  });

  test('a text of half a megabyte, whatever it repeats', () => {
    for (const character of ['a', '"', '\\', '=', '.', ':', '/', ',', '<', 'K="', ' ']) {
      const text = escapeText(character.repeat(500_000 / character.length));
      expect(() => decode(`<X>${text}</X>`)).toThrow(/^.{0,400}$/s);
      expect(() => decode(`<X>TEST_System.Name="${text}</X>`)).toThrow(/^.{0,400}$/s);
    }
  });
});

test('what is said of an EPR does not repeat long names', () => {
  const long = 'x'.repeat(100_000);
  for (const xml of [
    eprChildren('TEST_System', selectors).replace('"Name"', `"${long}"`).replace('"CreationClassName"', `"${long}"`),
    eprChildren(long, selectors),
    eprChildren(long, { __cimnamespace: long }).replace('wscim', long),
  ]) {
    expect(() => decode(`<X>${xml}</X>`)).toThrow(/^.{0,600}$/s);
  }
});
