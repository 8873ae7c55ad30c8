import { TextDecoder } from 'node:util';
import { MalformedTokenError } from '../malformed-token-error.js';
import { hasFlag, NegotiateFlag } from './negotiate-flags.js';

/** Longer names are refused; Windows ends at 256 characters. */
const MAX_TEXT_BYTES = 1024;

const utf16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws MalformedTokenError when the bytes are not whole, well-formed UTF-16 (MS-NLMP 2.2) */
export function readUnicode(bytes: Buffer, name: string): string {
  if (bytes.length > MAX_TEXT_BYTES) throw new MalformedTokenError(`${name} is longer than ${MAX_TEXT_BYTES} bytes`);
  if (bytes.length % 2 !== 0) throw new MalformedTokenError(`${name} has an odd number of bytes`);
  return decode(utf16, bytes, name);
}

/**
 * Reads a text in the character set that the flags name. What the OEM set is, is left to the two sides (MS-NLMP 2.2); here it is
 * UTF-8, which agrees with every other in ASCII and is what clients outside Windows have at hand.
 *
 * @throws MalformedTokenError when it is not in that set
 */
export function readText(bytes: Buffer, flags: number, name: string): string {
  if (hasFlag(flags, NegotiateFlag.unicode)) return readUnicode(bytes, name);
  if (bytes.length > MAX_TEXT_BYTES) throw new MalformedTokenError(`${name} is longer than ${MAX_TEXT_BYTES} bytes`);
  return decode(utf8, bytes, name);
}

/** The counterpart of {@link readText}. */
export function writeText(text: string, flags: number): Buffer {
  return Buffer.from(text, hasFlag(flags, NegotiateFlag.unicode) ? 'utf16le' : 'utf8');
}

function decode(decoder: TextDecoder, bytes: Buffer, name: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new MalformedTokenError(`${name} is not valid text`);
  }
}
