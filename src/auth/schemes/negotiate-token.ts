/** Longer tokens are refused unread; a Kerberos ticket of a user in very many groups has 48,000 bytes. */
const MAX_TOKEN_LENGTH = 65_536;

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * Reads `<scheme> <base64>` (RFC 4559 §4, MS-NTHT 2.2), strictly.
 *
 * @param header the value of `Authorization`
 * @returns the token, or a string: what is wrong, for the log
 */
export function parseNegotiateToken(header: string): Buffer | string {
  if (header.length > MAX_TOKEN_LENGTH) return `the header is longer than ${MAX_TOKEN_LENGTH} characters`;
  const blank = header.indexOf(' ');
  const encoded = blank < 0 ? '' : header.slice(blank + 1).trim();
  if (encoded === '') return 'no token';
  if (!BASE64.test(encoded)) return 'not base64';
  const bytes = Buffer.from(encoded, 'base64');
  // Node decodes leniently; only what encodes back to the same text was base64.
  return bytes.toString('base64') === encoded ? bytes : 'not canonical base64';
}
