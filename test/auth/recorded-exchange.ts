import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEncryptedContentType } from '../../src/auth/message-encryption/encrypted-content-type.js';

const FOLDER = join(import.meta.dirname, '../../fixtures/captures/ntlm-sealed');

/** One message of the recorded exchange. */
export interface RecordedMessage {
  /** The token of its `Authorization` or `WWW-Authenticate`; empty when there is none. */
  readonly token: Buffer;
  readonly contentType: string;
  readonly body: Buffer;
}

/** @param name such as `3-request` */
export async function recordedMessage(name: string): Promise<RecordedMessage> {
  const bytes = await readFile(join(FOLDER, `${name}.http`));
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.toString('latin1', 0, end);
  const token = /: Negotiate (\S+)/.exec(head)?.[1] ?? '';
  const contentType = /^Content-Type: *(.*)$/im.exec(head)?.[1] ?? '';
  return { token: Buffer.from(token, 'base64'), contentType, body: bytes.subarray(end + 4) };
}

/** The parsed content type of a sealed message. */
export function encryptedTypeOf(message: RecordedMessage) {
  const type = parseEncryptedContentType(message.contentType);
  if (type === undefined) throw new Error('the recorded message is not sealed');
  return type;
}
