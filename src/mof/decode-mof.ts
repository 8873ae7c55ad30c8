import { type MofError, MofErrors } from './mof-error.js';
import { type MofSource, SourceText } from './mof-source.js';
import { decodeWindows1252 } from './windows-1252.js';

/**
 * Decodes the bytes of a MOF file: UTF-16 when it begins with that BOM, else UTF-8 with or without BOM. What is neither, and may be
 * text in Windows-1252, as editors on Windows write it, is read so; whether that may be is for the reader to say.
 *
 * @throws MofErrors with the place of the first byte that does not belong there
 */
export function decodeMof(bytes: Uint8Array, file: string): Pick<MofSource, 'file' | 'text' | 'notUnicode'> {
  const encoding = detectEncoding(bytes);
  try {
    return { file, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    const notUnicode = locate(bytes, encoding, file);
    const text = encoding === 'utf-8' && !hasUtf8(bytes) ? decodeWindows1252(bytes) : undefined;
    if (text === undefined) throw new MofErrors([notUnicode]);
    return { file, text, notUnicode };
  }
}

/** What has some characters in UTF-8 is damaged, and not in another encoding. */
function hasUtf8(bytes: Uint8Array): boolean {
  return /[^\0-\x7f\ufffd]/.test(new TextDecoder('utf-8').decode(bytes));
}

function detectEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Decodes again, with U+FFFD for what is wrong, and finds the first one that is not in the bytes. */
function locate(bytes: Uint8Array, encoding: string, file: string): MofError {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  const message = `the text is not ${encoding.toUpperCase()}`;
  const replaced = encoding === 'utf-8' ? findReplacedUtf8(bytes, text) : findReplacedUtf16(bytes, text, encoding);
  // A BOM is no part of the first line.
  const shift = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return new SourceText({ file, text: text.slice(shift) }).errorAt(Math.max(replaced - shift, 0), message);
}

function findReplacedUtf8(bytes: Uint8Array, text: string): number {
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return at;
    from = at;
  }
  return text.length;
}

function findReplacedUtf16(bytes: Uint8Array, text: string, encoding: string): number {
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0];
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    if (bytes[2 * at + low] !== 0xfd || bytes[2 * at + high] !== 0xff) return at;
  }
  return text.length;
}
