import { describe, expect, test } from 'vitest';
import { decodeXml } from '../../src/xml/decode-xml.js';
import { readXml } from '../../src/xml/read-xml.js';
import { XmlError } from '../../src/xml/xml-error.js';

const text = '<a>grün 😀</a>';
const utf8 = Buffer.from(text, 'utf8');
const utf16le = Buffer.from(text, 'utf16le');
const utf16be = Buffer.from(text, 'utf16le').swap16();
const mark = { utf8: Buffer.from([0xef, 0xbb, 0xbf]), le: Buffer.from([0xff, 0xfe]), be: Buffer.from([0xfe, 0xff]) };

function codeOf(bytes: Uint8Array, charset?: string): string | undefined {
  try {
    decodeXml(bytes, charset);
  } catch (error) {
    if (error instanceof XmlError) return error.code;
    throw error;
  }
  return undefined;
}

describe('decodeXml', () => {
  test.each([
    ['UTF-8 without anything', utf8, undefined, 'utf-8'],
    ['UTF-8 by its mark', Buffer.concat([mark.utf8, utf8]), undefined, 'utf-8'],
    ['UTF-8 by name', utf8, 'UTF-8', 'utf-8'],
    ['UTF-8 by a quoted name', utf8, '"utf-8"', 'utf-8'],
    ['UTF-8 by its other spelling', utf8, 'utf8', 'utf-8'],
    ['UTF-16LE by its mark', Buffer.concat([mark.le, utf16le]), undefined, 'utf-16le'],
    ['UTF-16LE by its pattern', utf16le, undefined, 'utf-16le'],
    ['UTF-16LE by name', utf16le, 'utf-16le', 'utf-16le'],
    ['UTF-16 without a mark as Windows means it', utf16le, 'UTF-16', 'utf-16le'],
    ['UTF-16BE by its mark', Buffer.concat([mark.be, utf16be]), undefined, 'utf-16be'],
    ['UTF-16BE by its pattern', utf16be, undefined, 'utf-16be'],
    ['UTF-16BE by name', utf16be, 'utf-16be', 'utf-16be'],
    ['UTF-16 without a mark whose bytes are big-endian', utf16be, 'utf-16', 'utf-16be'],
  ])('takes %s', (_what, bytes, charset, expected) => {
    expect(decodeXml(bytes, charset)).toEqual({ text, charset: expected });
  });

  test('believes the mark more than the charset parameter', () => {
    expect(decodeXml(Buffer.concat([mark.le, utf16le]), 'utf-8').charset).toBe('utf-16le');
  });

  test('believes the charset parameter more than the pattern', () => {
    expect(decodeXml(Buffer.from('<a/>', 'utf16le'), 'utf-8').charset).toBe('utf-8');
  });

  test('forgives an XML declaration that names another encoding', () => {
    const document = Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-8"?><a/>', 'utf16le');
    expect(readXml(document).root.localName).toBe('a');
  });

  test.each([
    ['a lone continuation byte', [0x3c, 0x80]],
    ['a cut-off sequence', [0x3c, 0xc3]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ])('refuses UTF-8 with %s', (_what, bytes) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe('charset');
  });

  test.each([
    ['little-endian, half a character', [0xff, 0xfe, 0x3c]],
    ['little-endian, a lone high surrogate', [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]],
    ['little-endian, a high surrogate at the end', [0xff, 0xfe, 0x00, 0xd8]],
    ['little-endian, a lone low surrogate', [0xff, 0xfe, 0x00, 0xdc]],
    ['big-endian, half a character', [0xfe, 0xff, 0x00]],
    ['big-endian, a lone high surrogate', [0xfe, 0xff, 0xd8, 0x00, 0x00, 0x41]],
  ])('refuses UTF-16 %s', (_what, bytes) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe('charset');
  });

  test.each(['iso-8859-1', 'utf-32', 'nonsense'])('refuses the charset %s', (charset) => {
    expect(codeOf(utf8, charset)).toBe('charset');
  });

  test.each([
    ['utf-8', Uint8Array.of(0xc3), Buffer.concat([mark.utf8, utf8])],
    ['utf-16le', Uint8Array.of(0x00, 0xd8, 0x41, 0x00), Buffer.concat([mark.le, utf16le])],
    ['utf-16le', Uint8Array.of(0x3c), Buffer.concat([mark.le, utf16le])],
    ['utf-16be', Uint8Array.of(0xd8, 0x00, 0x00, 0x41), Buffer.concat([mark.be, utf16be])],
    ['utf-16be', Uint8Array.of(0x00), Buffer.concat([mark.be, utf16be])],
  ])('decodes the next %s message after one that failed', (charset, bad, good) => {
    expect(codeOf(bad, charset)).toBe('charset');
    expect(decodeXml(good, charset).text).toBe(text);
  });
});
