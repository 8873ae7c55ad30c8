import type { XmlCharset } from './xml-charset.js';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Encodes a message for the wire. UTF-16 starts with a byte order mark, without which Windows clients do not take the
 * answer; UTF-8 has none.
 */
export function encodeXml(text: string, charset: XmlCharset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(BYTE_ORDER_MARK + text, 'utf16le');
  return charset === 'utf-16be' ? bytes.swap16() : bytes;
}
