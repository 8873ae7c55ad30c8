import type { Authenticator } from '../auth/schemes/authenticator.js';
import { challengeOf } from './challenge.js';
import type { Exchange } from './exchange.js';
import { mentionsIdentify } from './mentions-identify.js';
import { type Refusal, refusals, tooLarge } from './refusal.js';
import type { BodyProblem } from './request-body.js';
import { type OpenedMessage, openMessage } from './sealed-message.js';

/**
 * The SOAP message in the body of a request, or why there is none.
 *
 * @param limit the bytes that the body might have had
 * @throws EncryptedMessageError, MessageSecurityError when it was sealed, and not as it should be
 */
export function openBody(
  exchange: Exchange,
  body: Buffer | BodyProblem,
  limit: number,
  authenticator: Authenticator,
): OpenedMessage | Refusal | 'client gone' | Promise<OpenedMessage> {
  if (body === 'client gone') return body;
  if (body === 'too large') return tooLarge(limit);
  const { request, security, contentType, anonymous, connection } = exchange;
  if (security !== undefined) return openMessage(request.headers['content-type'] ?? '', body, security);
  if (contentType === undefined) return refusals.noContentType;
  if (body.length === 0) return refusals.emptyBody;
  if (anonymous && !mentionsIdentify(body)) return challengeOf(authenticator, connection);
  return { body, contentType, tabs: false };
}
