/** A name and password sent by HTTP Basic. */
export interface BasicCredentials {
  readonly name: string;
  readonly password: string;
}

/** Longer headers are refused unread; the longest account this endpoint takes fits (CVE-2008-2234 is what happens otherwise). */
const MAX_HEADER_LENGTH = 8192;

const HEADER = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads `Authorization: Basic …` (RFC 7617 §2), strictly: canonical base64, valid UTF-8, the first colon parts name from password,
 * neither is empty, no control characters.
 *
 * @param header the field's value
 * @returns the credentials, or a string: what is wrong (for the log; it never quotes the header)
 */
export function parseBasicCredentials(header: string): BasicCredentials | string {
  if (header.length > MAX_HEADER_LENGTH) return `the header is longer than ${MAX_HEADER_LENGTH} characters`;
  const encoded = HEADER.exec(header)?.[1];
  if (encoded === undefined) return 'not of the form "Basic <base64>"';
  const bytes = Buffer.from(encoded, 'base64');
  // Node decodes leniently; only what encodes back to the same text was base64 (length, padding and spare bits included).
  if (bytes.toString('base64') !== encoded) return 'not canonical base64';

  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return 'not UTF-8';
  }
  if (/\p{Cc}/u.test(text)) return 'a control character in the name or password';
  const colon = text.indexOf(':');
  if (colon < 0) return 'no colon between name and password';
  if (colon === 0) return 'an empty name';
  if (colon === text.length - 1) return 'an empty password';
  return { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
