import {
  isEncryptedContentType,
  parseEncryptedContentType,
  writeEncryptedContentType,
} from '../../auth/message-encryption/encrypted-content-type.js';
import { EncryptedMessageError } from '../../auth/message-encryption/encrypted-message-error.js';
import { type MessageSecurity, MessageSecurityError } from '../../auth/message-encryption/message-security.js';
import { readEncryptedMessage } from '../../auth/message-encryption/read-encrypted-message.js';
import { withoutPadding } from '../../auth/message-encryption/without-padding.js';
import { writeEncryptedMessage } from '../../auth/message-encryption/write-encrypted-message.js';
import type { PostOptions, TransportResponse } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

/** How much longer than its content a sealed message may be. */
export const MAX_FRAME_BYTES = 8 * 1024;

/** A message on its way: what goes out in its place, and with which headers. */
interface OutgoingMessage {
  readonly body: Uint8Array;
  readonly headers: PostOptions['headers'];
}

/** Seals a request and puts it into its frame (MS-WSMV 2.2.9.1). */
export async function sealRequest(
  { body, headers }: OutgoingMessage,
  security: MessageSecurity,
): Promise<OutgoingMessage> {
  const { protocol } = security;
  const { 'content-type': contentType = 'application/octet-stream' } = headers;
  const message = await security.wrap(body);
  return {
    body: writeEncryptedMessage({ ...message, protocol, contentType, length: body.length }),
    headers: { ...headers, 'content-type': writeEncryptedContentType(protocol) },
  };
}

/** Whether an answer claims to be sealed. */
export function isSealed({ headers }: TransportResponse): boolean {
  return isEncryptedContentType(headers.get('content-type') ?? '');
}

/**
 * Opens a sealed answer; faults are sealed as well.
 *
 * @throws WsmanTransportError `security`, when it is not what the server sealed: nothing that follows on the connection can be opened
 */
export async function openAnswer(answer: TransportResponse, security: MessageSecurity): Promise<TransportResponse> {
  try {
    const type = parseEncryptedContentType(answer.headers.get('content-type') ?? '');
    if (type?.protocol !== security.protocol.toLowerCase())
      throw new EncryptedMessageError('its Content-Type is not that of a message sealed with what was agreed on');
    const { token, sealed, length, contentType } = readEncryptedMessage(Buffer.from(answer.body), type);
    const message = Buffer.from(await security.unwrap(token, sealed));
    if (message.length !== length) throw new EncryptedMessageError('it is not as long as it says');
    const headers = new Map(answer.headers).set('content-type', contentType);
    return { ...answer, headers, body: withoutPadding(message, contentType) };
  } catch (error) {
    if (!(error instanceof EncryptedMessageError || error instanceof MessageSecurityError)) throw error;
    throw new WsmanTransportError('security', `the sealed answer cannot be trusted: ${error.message}`, {
      status: answer.status,
      cause: error,
    });
  }
}
