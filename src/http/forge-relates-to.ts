import type { WsmanResponse } from '../wsman/wsman-service.js';

/** The element with its start tag and the beginning of its end tag apart. */
const RELATES_TO = /(<(?:[\w.-]+:)?RelatesTo(?:\s[^<>]*)?>)[^<]*(?=<\/)/;
const BODY = /<(?:[\w.-]+:)?Body[\s/>]/;
/** What XML 1.0 §2.2 cannot carry, and halves of characters. */
const NO_XML_TEXT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * An answer to another message: its RelatesTo (WS-Addressing §3.4) says what it is told to say, in the character set of the
 * answer. An answer without one, to a message without MessageID, stays as it is.
 */
export function forgeRelatesTo(response: WsmanResponse, relatesTo: string): WsmanResponse {
  const { body } = response;
  if (typeof body === 'string') return { ...response, body: forgeText(body, relatesTo) };
  const charset = charsetOf(body);
  return { ...response, body: encode(forgeText(decode(body, charset), relatesTo), charset) };
}

function forgeText(xml: string, relatesTo: string): string {
  // Only in the header: a property may have the name, too.
  const headerEnd = BODY.exec(xml)?.index ?? xml.length;
  const text = relatesTo
    .replace(NO_XML_TEXT, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  // A function, for `$` means something in a text.
  return xml.slice(0, headerEnd).replace(RELATES_TO, (_found, tag: string) => tag + text) + xml.slice(headerEnd);
}

type Charset = 'utf8' | 'utf16le' | 'utf16be';

/** Answers in UTF-16 have a byte order mark. */
function charsetOf([first, second]: Uint8Array): Charset {
  if (first === 0xff && second === 0xfe) return 'utf16le';
  return first === 0xfe && second === 0xff ? 'utf16be' : 'utf8';
}

function decode(body: Uint8Array, charset: Charset): string {
  const bytes = Buffer.from(body);
  if (charset === 'utf16be') bytes.swap16();
  return bytes.toString(charset === 'utf8' ? 'utf8' : 'utf16le');
}

function encode(text: string, charset: Charset): Buffer {
  const bytes = Buffer.from(text, charset === 'utf8' ? 'utf8' : 'utf16le');
  return charset === 'utf16be' ? bytes.swap16() : bytes;
}
