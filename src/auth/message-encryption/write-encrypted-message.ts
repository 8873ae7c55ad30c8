import type { SealedMessage } from '../message-security.js';
import { ENCRYPTED_BOUNDARY } from './encrypted-content-type.js';
import { type OriginalContent, writeOriginalContent } from './original-content.js';

/** What is put into the frame. */
export interface MessageToFrame extends OriginalContent, SealedMessage {
  readonly protocol: string;
  /** Write a TAB before each part header. Default: false. */
  readonly tabs?: boolean;
}

const BOUNDARY = `--${ENCRYPTED_BOUNDARY}`;

/**
 * Puts a sealed message into its frame. The specification has a TAB before the part headers (MS-WSMV 2.2.9.1.1.2); Windows' client
 * sends none and takes answers without, libmi cannot read them, pywinrm and its kin cannot do without. So an answer is to be written
 * as its request was.
 */
export function writeEncryptedMessage(message: MessageToFrame): Buffer {
  const { protocol, token, sealed, tabs = false, ...original } = message;
  const indent = tabs ? '\t' : '';
  const head = [
    BOUNDARY,
    `${indent}Content-Type: ${protocol}`,
    `${indent}OriginalContent: ${writeOriginalContent(original)}`,
    BOUNDARY,
    `${indent}Content-Type: application/octet-stream`,
    '',
  ].join('\r\n');
  const tokenLength = Buffer.alloc(4);
  tokenLength.writeUInt32LE(token.length);
  return Buffer.concat([
    Buffer.from(head, 'latin1'),
    tokenLength,
    token,
    sealed,
    Buffer.from(`${BOUNDARY}--\r\n`, 'latin1'),
  ]);
}
