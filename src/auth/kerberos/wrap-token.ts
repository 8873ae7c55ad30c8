import { MessageSecurityError, type SealedMessage } from '../message-encryption/message-security.js';

/** A token that carries a message (RFC 4121 §4.2.6.2), up to where its encrypted part begins. */
export interface WrapTokenHeader {
  readonly sentByAcceptor: boolean;
  readonly sealed: boolean;
  /** Bytes of filler behind the message. */
  readonly extraCount: number;
  /** By how many bytes what follows the header is rotated to the right. */
  readonly rotation: number;
  readonly sequence: bigint;
}

const HEADER_BYTES = 16;
const WRAP_TOKEN_ID = 0x0504;
const FILLER = 0xff;
const Flag = { sentByAcceptor: 1, sealed: 2 } as const;
/** What every cipher of RFC 3962, RFC 6803 and RFC 8009 puts in front of a message: a block of 16 random bytes. */
const CONFOUNDER_BYTES = 16;

/**
 * Reads the header of a wrap token. Of the tokens before RFC 4121, which came with DES and RC4, it says that they are old.
 *
 * @throws MessageSecurityError
 */
export function readWrapTokenHeader(token: Buffer): WrapTokenHeader {
  if (token.length < HEADER_BYTES) throw new MessageSecurityError('the Kerberos wrap token is cut');
  if (token[0] === 0x60) throw new MessageSecurityError('the ticket has a key for RC4 or DES; AES is needed');
  if (token.readUInt16BE(0) !== WRAP_TOKEN_ID || token[3] !== FILLER)
    throw new MessageSecurityError('the signature is no Kerberos wrap token');
  const flags = token[2] ?? 0;
  return {
    sentByAcceptor: (flags & Flag.sentByAcceptor) !== 0,
    sealed: (flags & Flag.sealed) !== 0,
    extraCount: token.readUInt16BE(4),
    rotation: token.readUInt16BE(6),
    sequence: token.readBigUInt64BE(8),
  };
}

/**
 * Parts a wrap token into signature and message as SSPI has them, and so Windows' messages (MS-KILE 3.4.5.4.1): what stands behind the
 * encrypted message, the copy of the header and the checksum, is rotated to the front (RFC 4121 §4.2.5). For AES with SHA-1 that makes
 * a rotation of 28 and a signature of 60 bytes.
 *
 * @param token of GSS_Wrap, rotated or not
 * @param messageLength of the message inside
 */
export function splitWrapToken(token: Buffer, messageLength: number): SealedMessage {
  const { rotation, extraCount } = readWrapTokenHeader(token);
  const body = token.subarray(HEADER_BYTES);
  const tail = body.length - CONFOUNDER_BYTES - messageLength;
  if (extraCount !== 0 || tail < 0) throw new MessageSecurityError('the Kerberos wrap token has an unknown form');
  const header = Buffer.from(token.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(tail, 6);
  const rotated = Buffer.concat([header, rotateRight(body, tail - rotation)]);
  const end = rotated.length - messageLength;
  return { token: rotated.subarray(0, end), sealed: rotated.subarray(end) };
}

/** @param count negative: to the left */
function rotateRight(bytes: Buffer, count: number): Buffer {
  if (bytes.length === 0) return bytes;
  const from = ((-count % bytes.length) + bytes.length) % bytes.length;
  return Buffer.concat([bytes.subarray(from), bytes.subarray(0, from)]);
}
