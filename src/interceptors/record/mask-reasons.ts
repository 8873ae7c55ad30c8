import type { Secrets } from '../../secrets/secrets.js';
import type { MessageReader } from '../../wsman/message-description.js';
import type { WsmanInterceptor, WsmanRequest, WsmanResponse } from '../../wsman/wsman-service.js';

/**
 * Masks what the log tells of a message, where its reason quotes a secret of it or the target has one for a key. Stands before all
 * others: they, and who sent the message, see what was said.
 */
export function maskReasons(secrets: Secrets, reader: Pick<MessageReader, 'text'>): WsmanInterceptor {
  return (next) => (request, call) => next(request, call).then((answer) => masked(answer, request, secrets, reader));
}

function masked(
  answer: WsmanResponse,
  request: WsmanRequest,
  secrets: Secrets,
  reader: Pick<MessageReader, 'text'>,
): WsmanResponse {
  const { reason, target, className } = answer.outcome;
  const hasSecretKey =
    target !== undefined && [...target.keys.keys()].some((key) => secrets.isSecret(key, [target.className]));
  if (reason === undefined && !hasSecretKey) return answer;
  const masking = secrets.begin();
  const classes = className === undefined ? [] : [className];
  const outcome = { ...answer.outcome, ...(target && { target: masking.path(target) }) };
  if (reason === undefined) return { ...answer, outcome };
  // What the reason may quote is found in the message.
  masking.text(reader.text(request), classes);
  return { ...answer, outcome: { ...outcome, reason: masking.quoting(reason, classes) } };
}
