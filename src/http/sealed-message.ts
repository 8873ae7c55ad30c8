import {
  parseEncryptedContentType,
  writeEncryptedContentType,
} from '../auth/message-encryption/encrypted-content-type.js';
import { EncryptedMessageError } from '../auth/message-encryption/encrypted-message-error.js';
import {
  type MessageSecurity,
  MessageSecurityError,
  type SealedMessage,
} from '../auth/message-encryption/message-security.js';
import { type EncryptedMessage, readEncryptedMessage } from '../auth/message-encryption/read-encrypted-message.js';
import { withoutPadding } from '../auth/message-encryption/without-padding.js';
import { writeEncryptedMessage } from '../auth/message-encryption/write-encrypted-message.js';
import type { WsmanResponse } from '../wsman/wsman-service.js';
import { type ContentType, isSoap, parseContentType } from './content-type.js';

/** How much longer than its content a sealed message may be: part headers, boundaries and signature. */
export const MAX_FRAME_BYTES = 8 * 1024;

/** A message out of its frame, and how to frame the answer. */
export interface OpenedMessage {
  readonly body: Buffer;
  readonly contentType: ContentType;
  readonly tabs: boolean;
}

/**
 * Opens the body of a `multipart/encrypted` request (MS-WSMV 2.2.9.1); at once where the mechanism does.
 *
 * @param header the value of `Content-Type`
 * @throws EncryptedMessageError, MessageSecurityError, or rejects with them: see {@link isBrokenSeal}
 */
export function openMessage(
  header: string,
  body: Buffer,
  security: MessageSecurity,
): OpenedMessage | Promise<OpenedMessage> {
  const type = parseEncryptedContentType(header);
  if (type?.protocol !== security.protocol.toLowerCase())
    throw new EncryptedMessageError('the Content-Type is not that of a message sealed with what was agreed on');
  const message = readEncryptedMessage(body, type);
  const unwrapped = security.unwrap(message.token, message.sealed);
  return unwrapped instanceof Promise
    ? unwrapped.then((opened) => checkOpened(opened, message))
    : checkOpened(unwrapped, message);
}

/** Whether what was sealed is what its frame says. */
function checkOpened(opened: Uint8Array, { length, contentType: original, tabs }: EncryptedMessage): OpenedMessage {
  const message = Buffer.from(opened.buffer, opened.byteOffset, opened.length);
  if (message.length !== length) throw new EncryptedMessageError('the message is not as long as it says');
  const contentType = parseContentType(original);
  if (contentType === undefined || !isSoap(contentType))
    throw new EncryptedMessageError('the sealed message is not a SOAP message');
  return { body: withoutPadding(message, original), contentType, tabs };
}

/** Seals an answer with a body, faults too; as its request was framed, so is the answer. At once where the mechanism does. */
export function sealResponse(
  response: WsmanResponse,
  security: MessageSecurity,
  tabs: boolean,
): WsmanResponse | Promise<WsmanResponse> {
  const { contentType, body, delivery, status, outcome } = response;
  if (contentType === undefined) return response;
  const message = Buffer.from(body);
  const { protocol } = security;

  const frame = ({ token, sealed }: SealedMessage): WsmanResponse => {
    if (delivery?.forgedSignature === true) spoil(token);
    // Written out: a spread takes V8's slow path here, on every request (docs/performance.md).
    const framed = writeEncryptedMessage({ token, sealed, protocol, contentType, length: message.length, tabs });
    return { status, contentType: writeEncryptedContentType(protocol), body: framed, outcome, delivery };
  };
  const wrapped = security.wrap(message);
  return wrapped instanceof Promise ? wrapped.then(frame) : frame(wrapped);
}

/**
 * Changes one bit of a signature. The middle is the checksum of NTLM's (MS-NLMP 2.2.2.9.1), and within what is encrypted of
 * Kerberos' (RFC 4121 §4.2.4), so that neither version nor count gives it away.
 */
function spoil(token: Uint8Array): void {
  const middle = token.length >> 1;
  token[middle] = (token[middle] ?? 0) ^ 1;
}

/** Whether a message was not what the peer sealed, or not framed: the two ends have lost each other, and the connection must end. */
export function isBrokenSeal(error: unknown): error is EncryptedMessageError | MessageSecurityError {
  return error instanceof EncryptedMessageError || error instanceof MessageSecurityError;
}
