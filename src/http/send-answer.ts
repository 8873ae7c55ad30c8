import type { WsmanResponse } from '../wsman/wsman-service.js';
import { answerFields } from './answer-fields.js';
import { deliverAnswer } from './deliver-answer.js';
import type { Exchange } from './exchange.js';
import type { ExchangeContext } from './exchange-context.js';
import { reasonField } from './reason-field.js';

/**
 * Sends an answer, if somebody is still there to read it. Head and body leave in one write: Node joins a text body with the head.
 *
 * @returns what is to be waited for, where somebody wanted it sent in another way than at once
 */
export function sendAnswer(
  exchange: Exchange,
  answer: WsmanResponse,
  { haste, tellReasons, authenticator }: ExchangeContext,
): Promise<void> | undefined {
  const { response } = exchange;
  if (response.destroyed) return undefined;
  const { status, contentType, body, delivery, outcome } = answer;
  const reason = reasonField(exchange, outcome, tellReasons);
  if (delivery !== undefined) return deliverAnswer(exchange, answer, { delivery, reason, haste, authenticator });
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  response.writeHead(status, answerFields(status, length, contentType, reason));
  // Text that is as long in bytes as in characters is ASCII, for which Latin-1 says the same and is written faster.
  if (status === 204) response.end();
  else response.end(body, length === body.length ? 'latin1' : 'utf8');
  return undefined;
}
