import { describe, expect, test } from 'vitest';
import { encodeXml } from '../../src/xml/encode-xml.js';

describe('encodeXml', () => {
  test('writes UTF-8 without a byte order mark', () => {
    expect([...encodeXml('<ü>', 'utf-8')]).toEqual([0x3c, 0xc3, 0xbc, 0x3e]);
  });

  test('writes UTF-16LE behind FF FE', () => {
    expect([...encodeXml('<ü', 'utf-16le')]).toEqual([0xff, 0xfe, 0x3c, 0x00, 0xfc, 0x00]);
  });

  test('writes UTF-16BE behind FE FF', () => {
    expect([...encodeXml('<ü', 'utf-16be')]).toEqual([0xfe, 0xff, 0x00, 0x3c, 0x00, 0xfc]);
  });
});
