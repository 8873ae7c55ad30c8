import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResponseXml } from '../../../src/client/message/read-response-xml.js';
import { attributeValue, findChild } from '../../../src/client/message/response-element.js';
import { escapeXml } from '../xml-tree.js';

const xmlText = fc
  .string({ unit: 'binary' })
  .filter((text) => !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text));

describe('reading an answer', () => {
  it('brings any text back as it was escaped', () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        expect(readResponseXml(`<a>${escapeXml(text)}</a>`).text).toBe(text);
      }),
    );
  });

  it('brings any attribute back as it was escaped', () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        expect(attributeValue(readResponseXml(`<a b="${escapeXml(text)}"/>`), 'b')).toBe(text);
      }),
    );
  });

  it('joins text, comments left out, and CDATA taken as it stands', () => {
    expect(readResponseXml('<a>x&amp;<!-- &y; --><![CDATA[<&amp;]]>z</a>').text).toBe('x&<&amp;z');
  });

  it('turns line ends into line feeds', () => {
    expect(readResponseXml('<a>x\r\ny\rz</a>').text).toBe('x\ny\nz');
  });

  it('resolves prefixes by the nearest declaration', () => {
    const root = readResponseXml('<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"/><p:c/></p:a>');
    expect([root.namespace, ...root.children.map((child) => child.namespace)]).toEqual(['urn:1', 'urn:2', 'urn:1']);
  });

  it('takes the default namespace for elements and not for attributes', () => {
    const root = readResponseXml('<a xmlns="urn:1" b="2"><c xmlns=""/></a>');
    expect([root.namespace, root.attributes[0]?.namespace, root.children[0]?.namespace]).toEqual([
      'urn:1',
      undefined,
      undefined,
    ]);
  });

  it('knows the usual prefixes where they are not declared, and no others', () => {
    const root = readResponseXml('<a><wsa:Address/><q:b/></a>');
    expect(root.children.map((child) => child.namespace)).toEqual([
      'http://schemas.xmlsoap.org/ws/2004/08/addressing',
      undefined,
    ]);
  });

  it('finds a child by namespace where one is given', () => {
    const root = readResponseXml('<a><b xmlns="urn:1"/><b xmlns="urn:2"/></a>');
    expect(findChild(root, 'b', 'urn:2')?.namespace).toBe('urn:2');
  });

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['an open element', '<a>'],
    ['a wrong end tag', '<a></b>'],
    ['two roots', '<a/><b/>'],
    ['a repeated attribute', '<a b="1" b="2"/>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a>a & b</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['a reference to a control character', '<a>&#1;</a>'],
    ['a DTD', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a DTD behind a comment', '<?xml version="1.0"?><!-- c --> <!DOCTYPE a><a/>'],
    ['101 levels', `${'<a>'.repeat(102)}${'</a>'.repeat(102)}`],
  ])('refuses %s', (_what, text) => {
    expect(() => readResponseXml(text)).toThrow(SyntaxError);
  });
});
