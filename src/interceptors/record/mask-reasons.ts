import { MASK } from '../../secrets/mask-assignments.js';
import { maskError } from '../../secrets/mask-error.js';
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
  const { reason, target, className, cause } = answer.outcome;
  const hasSecretKey =
    target !== undefined && [...target.keys.keys()].some((key) => secrets.isSecret(key, [target.className]));
  if (reason === undefined && cause === undefined && !hasSecretKey) return answer;
  const masking = secrets.begin();
  const classes = className === undefined ? [] : [className];
  const outcome = { ...answer.outcome, ...(target && { target: masking.path(target) }) };
  const shown = (said: string) => shownReason(said, request, classes);
  return {
    ...answer,
    outcome: {
      ...outcome,
      ...(reason !== undefined && { reason: shown(reason) }),
      // What a provider threw may say what it was given.
      ...(cause !== undefined && { cause: maskError(cause, shown) }),
    },
  };

  function shownReason(said: string, message: WsmanRequest, classNames: readonly string[]): string {
    const text = reader.text(message);
    const places = secrets.placesIn(text, MOST_PLACES);
    const isListed = classNames.some((name) => secrets.isListed(name));
    if (!isListed && places.length === 0 && secrets.placesIn(said, 1).length === 0) return said;
    // What the reason may quote is found in the message: in a long one near the names of secrets, since others wait meanwhile.
    if (text.length <= LONGEST_TEXT) masking.text(text, classNames);
    else for (const at of places) masking.text(text.slice(Math.max(0, at - BEFORE), at + BEHIND), classNames);
    const shown = masking.quoting(said, classNames);
    return text.length <= LONGEST_TEXT ? shown : shown.replaceAll(QUOTED, MASK);
  }
}

/** Characters of a message that is looked through as a whole. */
const LONGEST_TEXT = 65_536;
/** Of a longer one so many names, with so many characters before and behind each. */
const MOST_PLACES = 32;
const BEFORE = 100;
const BEHIND = 1000;
const QUOTED = /'[^']*'|"[^"]*"/g;
