import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { XmlCharset } from './xml-charset.js';
import { XmlError } from './xml-error.js';

/**
 * Decodes a document by, in this order: its byte order mark, the HTTP charset parameter, the pattern that `<` makes in
 * UTF-16, and UTF-8 as what is left. The XML declaration has no say: clients write `encoding="UTF-8"` into UTF-16.
 *
 * @param charsetParameter value of the `charset` parameter of Content-Type, quoted or not
 * @returns the text without its byte order mark, and the character set to answer in
 * @throws {@link XmlError} `charset` when the set is not supported or the bytes are not in it
 */
export function decodeXml(
  bytes: Uint8Array,
  charsetParameter: string | undefined,
): { readonly text: string; readonly charset: XmlCharset } {
  const charset = byteOrderMark(bytes) ?? namedCharset(charsetParameter, bytes) ?? pattern(bytes) ?? 'utf-8';
  // Nearly all messages are ASCII, which needs no decoder.
  if (charset === 'utf-8' && isAscii(bytes)) return { text: asBuffer(bytes).toString('latin1'), charset };
  try {
    return { text: decoders[charset].decode(bytes), charset };
  } catch {
    throw new XmlError('charset', `The message is not valid ${charset.toUpperCase()}.`);
  }
}

/** Fatal, so that they refuse lone surrogates too, which the XML parser would let through. */
const decoders: Readonly<Record<XmlCharset, TextDecoder>> = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  'utf-16le': new TextDecoder('utf-16le', { fatal: true }),
  'utf-16be': new TextDecoder('utf-16be', { fatal: true }),
};

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function byteOrderMark(bytes: Uint8Array): XmlCharset | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  return undefined;
}

/** `<`, with which a document begins, has its zero byte first or second in UTF-16. */
function pattern(bytes: Uint8Array): XmlCharset | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0x00) return 'utf-16le';
  if (bytes[0] === 0x00 && bytes[1] === 0x3c) return 'utf-16be';
  return undefined;
}

function namedCharset(parameter: string | undefined, bytes: Uint8Array): XmlCharset | undefined {
  if (parameter === undefined) return undefined;
  if (parameter === 'utf-8') return parameter;
  switch (parameter.replaceAll('"', '').trim().toLowerCase()) {
    case '':
      return undefined;
    case 'utf-8':
    case 'utf8':
    case 'us-ascii': // a subset of UTF-8
      return 'utf-8';
    case 'utf-16':
      // RFC 2781 calls unmarked UTF-16 big-endian, Windows means little-endian; the bytes decide.
      return pattern(bytes) ?? 'utf-16le';
    case 'utf-16le':
      return 'utf-16le';
    case 'utf-16be':
      return 'utf-16be';
    default:
      throw new XmlError('charset', 'The character set of the message is not supported: use UTF-8 or UTF-16.');
  }
}
