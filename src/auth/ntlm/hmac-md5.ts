import { createHash, createHmac, hash } from 'node:crypto';

const BLOCK_BYTES = 64;

/**
 * Where short texts are put together, to be hashed by one call: beside an `Hmac`, which has to be made and collected, that takes half the
 * time of a message of a few kilobytes.
 */
const workspace = Buffer.alloc(16 * 1024);

/** HMAC-MD5 (RFC 2104) over parts as if they were one text; 16 bytes. */
export function hmacMd5(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer {
  let end = BLOCK_BYTES;
  for (const part of parts) end += part.length;
  if (end > workspace.length || key.length > BLOCK_BYTES) return hmacOfAnySize(key, parts);

  writePaddedKey(key, 0x36);
  let at = BLOCK_BYTES;
  for (const part of parts) {
    workspace.set(part, at);
    at += part.length;
  }
  const inner = hash('md5', workspace.subarray(0, end), 'binary');
  writePaddedKey(key, 0x5c);
  const innerEnd = BLOCK_BYTES + workspace.write(inner, BLOCK_BYTES, 'latin1');
  return Buffer.from(hash('md5', workspace.subarray(0, innerEnd), 'binary'), 'latin1');
}

function writePaddedKey(key: Uint8Array, pad: number): void {
  workspace.fill(pad, 0, BLOCK_BYTES);
  for (let i = 0; i < key.length; i++) workspace[i] = (key[i] ?? 0) ^ pad;
}

function hmacOfAnySize(key: Uint8Array, parts: readonly Uint8Array[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** MD5 (RFC 1321) over parts as if they were one text; 16 bytes. */
export function md5(...parts: readonly Uint8Array[]): Buffer {
  const digest = createHash('md5');
  for (const part of parts) digest.update(part);
  return digest.digest();
}
