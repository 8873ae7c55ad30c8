import { describe, expect, test } from 'vitest';
import { ns } from '../../src/xml/namespaces.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import { attributeOf, childOf, type XmlElement } from '../../src/xml/xml-element.js';
import { XmlError } from '../../src/xml/xml-error.js';
import { isNil, xsiType } from '../../src/xml/xsi.js';

function uris(element: XmlElement): string[] {
  return [element.namespaceUri, ...element.children.flatMap(uris)];
}

function refusal(xml: string): string | undefined {
  try {
    readXmlText(xml);
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
  return undefined;
}

describe('names of elements', () => {
  test('are taken apart into prefix, local name and namespace', () => {
    expect(readXmlText('<q:a xmlns:q="urn:q"/>')).toMatchObject({
      prefix: 'q',
      localName: 'a',
      namespaceUri: 'urn:q',
    });
  });

  test('without a prefix are in the default namespace', () => {
    expect(uris(readXmlText('<a xmlns="urn:d"><b/></a>'))).toEqual(['urn:d', 'urn:d']);
  });

  test('leave the default namespace where it is undone', () => {
    expect(uris(readXmlText('<a xmlns="urn:d"><b xmlns=""/><b/></a>'))).toEqual(['urn:d', '', 'urn:d']);
  });

  test('follow a prefix that is bound anew inside, and back again', () => {
    const xml = '<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c/></p:b><p:d/></p:a>';
    expect(uris(readXmlText(xml))).toEqual(['urn:1', 'urn:2', 'urn:2', 'urn:1']);
  });

  test('may use a prefix that their own start tag declares', () => {
    expect(readXmlText('<a><p1:b x="1" xmlns:p1="urn:1"/></a>').children[0]?.namespaceUri).toBe('urn:1');
  });

  test('lose a prefix outside the element that declared it', () => {
    expect(refusal('<a><zz:b xmlns:zz="urn:z"/><zz:c/></a>')).toBe('undeclared-prefix');
  });

  test('with a known prefix mean what the document declares, not the usual', () => {
    expect(readXmlText('<wsa:a xmlns:wsa="urn:own"/>').namespaceUri).toBe('urn:own');
  });

  test('are found by namespace and local name', () => {
    const root = readXmlText('<a xmlns:p="urn:1" xmlns:q="urn:2"><p:x>1</p:x><q:x>2</q:x></a>');
    expect(childOf(root, 'urn:2', 'x')?.text).toBe('2');
    expect(childOf(root, 'urn:3', 'x')).toBeUndefined();
  });
});

describe('names of attributes', () => {
  test('without a prefix are in no namespace, whatever the default', () => {
    expect(attributeOf(readXmlText('<a xmlns="urn:d" Name="x"/>'), 'Name')).toBe('x');
  });

  test('with a prefix are found by namespace only', () => {
    const root = readXmlText('<a xmlns:p="urn:1" p:k="v"/>');
    expect(attributeOf(root, 'k', 'urn:1')).toBe('v');
    expect(attributeOf(root, 'k')).toBeUndefined();
  });

  test('know the prefix xml without a declaration', () => {
    expect(attributeOf(readXmlText('<a xml:lang="en-US"/>'), 'lang', 'http://www.w3.org/XML/1998/namespace')).toBe(
      'en-US',
    );
  });

  test('follow a prefix that is bound anew inside, and back again', () => {
    const root = readXmlText('<a xmlns:p="urn:1" p:k="1"><b xmlns:p="urn:2" p:k="2"/><c p:k="3"/></a>');
    const uris = [root, ...root.children].map((element) => element.attributes[0]?.namespaceUri);
    expect(uris).toEqual(['urn:1', 'urn:2', 'urn:1']);
  });

  test('do not include namespace declarations', () => {
    expect(readXmlText('<a xmlns="urn:d" xmlns:p="urn:1" b="1"/>').attributes.map((a) => a.localName)).toEqual(['b']);
  });
});

describe('xsi:nil and xsi:type', () => {
  test.each([
    ['its own namespace', 'http://www.w3.org/2001/XMLSchema-instance'],
    ["libmi's wrong one", 'http://www.w3.org/2001/XMLSchema'],
  ])('are understood in %s', (_what, namespaceUri) => {
    const element = readXmlText(`<a xmlns:xsi="${namespaceUri}" xsi:nil="true" xsi:type=" p1:CIM_Service_Type "/>`);
    expect(isNil(element)).toBe(true);
    expect(xsiType(element)).toBe('p1:CIM_Service_Type');
  });

  test.each([
    ['true', true],
    ['TRUE', true],
    [' 1 ', true],
    ['false', false],
    ['0', false],
    ['', false],
  ])('nil="%s" is %s', (value, expected) => {
    expect(isNil(readXmlText(`<a xmlns:xsi="${ns.xsi}" xsi:nil="${value}"/>`))).toBe(expected);
  });

  test('are absent from an element without them', () => {
    const element = readXmlText('<a nil="true" type="x"/>');
    expect(isNil(element)).toBe(false);
    expect(xsiType(element)).toBeUndefined();
  });
});

describe('refused as not well-formed', () => {
  test.each([
    ['one attribute through two prefixes', '<a xmlns:p="urn:1" xmlns:q="urn:1" p:k="1" q:k="2"/>'],
    ['a name with two colons', '<a:b:c xmlns:a="urn:a"/>'],
    ['a name that ends with its colon', '<a: xmlns:a="urn:a"/>'],
    ['a name that begins with its colon', '<:a/>'],
    ['an attribute name with two colons', '<a b:c:d="1"/>'],
    ['an element with the prefix xmlns', '<xmlns:a/>'],
    ['the prefix xml bound to something else', '<a xmlns:xml="urn:x"/>'],
    ['the namespace of xml under another prefix', '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>'],
    ['the prefix xmlns declared', '<a xmlns:xmlns="urn:x"/>'],
    ['the namespace of xmlns bound', '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>'],
    ['a prefix undone', '<a xmlns:p=""/>'],
    ['a prefix declared twice', '<a xmlns:p="urn:1" xmlns:p="urn:2"/>'],
  ])('%s', (_what, xml) => {
    expect(refusal(xml)).toBe('not-well-formed');
  });
});
