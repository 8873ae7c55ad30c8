import type { XmlCharset } from '../xml/xml-charset.js';

/** Bytes that an answer takes on its way out. UTF-16 begins with its byte order mark. */
export function encodedSize(xml: string, charset: XmlCharset): number {
  return charset === 'utf-8' ? Buffer.byteLength(xml) : xml.length * 2 + 2;
}
