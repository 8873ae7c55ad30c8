import { md4 } from './md4.js';

/** Length of an NT hash in bytes. */
export const NT_HASH_BYTES = 16;

/**
 * The NT hash of a password: MD4 over its UTF-16 text (MS-NLMP 3.3.1, NTOWFv1). No salt and one cheap hash: who has it can sign in
 * without the password, so it is kept as carefully as the password itself. In Unicode NFC, as the other hash of an account.
 *
 * @returns 16 bytes
 */
export function ntHash(password: string): Buffer {
  return md4(Buffer.from(password.normalize('NFC'), 'utf16le'));
}
