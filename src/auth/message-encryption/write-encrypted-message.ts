import { ENCRYPTED_BOUNDARY } from './encrypted-content-type.js';
import type { SealedMessage } from './message-security.js';
import { type OriginalContent, writeOriginalContent } from './original-content.js';

/** What is put into the frame. */
export interface MessageToFrame extends OriginalContent, SealedMessage {
  readonly protocol: string;
  /** Write a TAB before each part header. Default: false. */
  readonly tabs?: boolean;
}

const BOUNDARY = `--${ENCRYPTED_BOUNDARY}`;
const END = `${BOUNDARY}--\r\n`;

/**
 * Puts a sealed message into its frame. The specification has a TAB before the part headers (MS-WSMV 2.2.9.1.1.2); Windows' client
 * sends none and takes answers without, libmi cannot read them, pywinrm and its kin cannot do without. So an answer is to be written
 * as its request was.
 */
export function writeEncryptedMessage(message: MessageToFrame): Buffer {
  const { protocol, token, sealed, tabs = false } = message;
  const indent = tabs ? '\t' : '';
  const head =
    `${BOUNDARY}\r\n` +
    `${indent}Content-Type: ${protocol}\r\n` +
    `${indent}OriginalContent: ${writeOriginalContent(message)}\r\n` +
    `${BOUNDARY}\r\n` +
    `${indent}Content-Type: application/octet-stream\r\n`;
  const frame = Buffer.allocUnsafe(head.length + 4 + token.length + sealed.length + END.length);
  let at = frame.write(head, 'latin1');
  at = frame.writeUInt32LE(token.length, at);
  frame.set(token, at);
  frame.set(sealed, at + token.length);
  frame.write(END, at + token.length + sealed.length, 'latin1');
  return frame;
}
