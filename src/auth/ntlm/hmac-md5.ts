import { createHash, createHmac } from 'node:crypto';

/** HMAC-MD5 (RFC 2104) over parts as if they were one text; 16 bytes. */
export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** MD5 (RFC 1321) over parts as if they were one text; 16 bytes. */
export function md5(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
