/** The two encodings WinRM speaks (MS-WSMV 2.1); UTF-16 is little-endian and starts with a byte order mark. */
export type MessageCharset = 'utf-8' | 'utf-16';

/** The Content-Type of a SOAP message, without a blank behind the semicolon, as Windows writes it. */
export function contentType(charset: MessageCharset): string {
  return `application/soap+xml;charset=${charset.toUpperCase()}`;
}

export function encodeMessage(text: string, charset: MessageCharset): Uint8Array {
  return charset === 'utf-8' ? Buffer.from(text, 'utf8') : Buffer.from(`\uFEFF${text}`, 'utf16le');
}

/**
 * Decodes an answer by its first two bytes: a byte order mark, or the zero half of an ASCII character, with which any
 * XML text begins. They are surer than the charset parameter, which servers get wrong.
 *
 * @throws TypeError when the bytes are no text of that encoding
 */
export function decodeMessage(bytes: Uint8Array): string {
  return new TextDecoder(findEncoding(bytes), { fatal: true }).decode(bytes);
}

function findEncoding([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (second === 0 || (first === 0xff && second === 0xfe)) return 'utf-16le';
  if (first === 0 || (first === 0xfe && second === 0xff)) return 'utf-16be';
  return 'utf-8';
}
