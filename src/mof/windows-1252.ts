/** What the bytes 80 to 9F are in Windows-1252; U+FFFD for the five that are nothing. All others are as in Latin-1. */
const HIGH =
  '\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178';

/** What no text has: control characters but tab and line breaks, and bytes that are nothing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const NO_TEXT = /[\0-\x08\x0b\x0e-\x1f\x7f\ufffd]/;

/**
 * Reads bytes as Windows-1252, the "ANSI" of western Windows. Not by TextDecoder, which takes it for Latin-1 in some versions of Node.
 *
 * @returns undefined when they are no text in it
 */
export function decodeWindows1252(bytes: Uint8Array): string | undefined {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const text = latin1.replace(/[\x80-\x9f]/g, (character) => HIGH.charAt(character.charCodeAt(0) - 0x80));
  return NO_TEXT.test(text) ? undefined : text;
}
