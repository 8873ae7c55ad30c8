import { describe, expect, test } from 'vitest';
import { newMessageId, writeBareEnvelope, writeEnvelope } from '../../src/soap/message.js';
import { readXmlText } from '../../src/xml/read-xml.js';
import { attributeOf } from '../../src/xml/xml-element.js';

const ADDRESSING = 'http://schemas.xmlsoap.org/ws/2004/08/addressing';
const parts = { action: 'urn:action', relatesTo: 'uuid:1', messageId: 'uuid:2', body: '<x/>' };

describe('writeEnvelope', () => {
  test('writes the envelope of Windows', () => {
    expect(writeEnvelope(parts)).toBe(
      '<s:Envelope xml:lang="en-US" xmlns:s="http://www.w3.org/2003/05/soap-envelope"' +
        ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
        ' xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer"' +
        ' xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"' +
        ' xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"' +
        ' xmlns:p="http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd">' +
        '<s:Header><a:Action>urn:action</a:Action><a:MessageID>uuid:2</a:MessageID>' +
        '<a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To>' +
        '<a:RelatesTo>uuid:1</a:RelatesTo></s:Header><s:Body><x/></s:Body></s:Envelope>',
    );
  });

  test('escapes what came from the request', () => {
    const xml = writeEnvelope({ ...parts, action: 'a&b', relatesTo: '</a:RelatesTo><evil/>' });
    const header = readXmlText(xml).children[0];
    expect(header?.children.map((block) => block.text)).toEqual([
      'a&b',
      'uuid:2',
      `${ADDRESSING}/role/anonymous`,
      '</a:RelatesTo><evil/>',
    ]);
  });

  test('leaves RelatesTo out when the request had no MessageID', () => {
    expect(writeEnvelope({ ...parts, relatesTo: undefined })).not.toContain('RelatesTo');
  });

  test('makes a MessageID of its own', () => {
    const { messageId: _, ...rest } = parts;
    const header = readXmlText(writeEnvelope(rest)).children[0];
    expect(header?.children[1]?.text).toMatch(
      /^uuid:[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$/,
    );
  });

  test('declares more prefixes on demand', () => {
    const xml = writeEnvelope({ ...parts, namespaces: { q: 'urn:q?a&b' }, body: '<q:x/>' });
    expect(readXmlText(xml).children[1]?.children[0]?.namespaceUri).toBe('urn:q?a&b');
  });

  test('puts extra header blocks behind the addressing', () => {
    const header = readXmlText(writeEnvelope({ ...parts, extraHeaders: '<w:Bookmark/>' })).children[0];
    expect(header?.children.at(-1)?.localName).toBe('Bookmark');
  });
});

test('every MessageID is another one', () => {
  expect(new Set(Array.from({ length: 100 }, newMessageId)).size).toBe(100);
});

test('a bare envelope has an empty header and no addressing', () => {
  const root = readXmlText(writeBareEnvelope('<x/>'));
  expect(root.children.map((part) => [part.localName, part.children.length])).toEqual([
    ['Header', 0],
    ['Body', 1],
  ]);
  expect(attributeOf(root, 'lang', 'http://www.w3.org/XML/1998/namespace')).toBe('en-US');
  expect(writeBareEnvelope('')).not.toContain('addressing');
});
