import type { CallOptions } from '../call-options.js';
import { childText } from '../message/response-element.js';
import { namespaces } from '../message/wsman-names.js';
import type { ClientSession } from '../transport/client-session.js';
import { type OpenEnumeration, sendAbout } from './enumeration.js';

/**
 * Asks how long the server will keep an enumeration (GetStatus), or asks it to keep it for longer (Renew; WS-Enumeration §3.3,
 * §3.4).
 *
 * @param forMs what to ask for; undefined only asks
 * @returns milliseconds from now; undefined when there is nothing to keep, or the server does not say
 */
export async function askLifetime(
  session: ClientSession,
  { request, context }: OpenEnumeration,
  call: CallOptions,
  forMs?: number,
): Promise<number | undefined> {
  if (forMs !== undefined && !(forMs > 0)) throw new TypeError('an enumeration is renewed for more than no time');
  if (request === undefined || context === undefined) return undefined;
  const answer = await sendAbout(session, request, call, forMs === undefined ? 'GetStatus' : 'Renew', (body) => {
    body.ele(namespaces.enumeration, 'n:EnumerationContext').txt(context);
    if (forMs !== undefined) body.ele(namespaces.enumeration, 'n:Expires').txt(`PT${(forMs / 1000).toFixed(3)}S`);
  });
  return readExpires(childText(answer, 'Expires'));
}

/** `n:Expires` is a duration or a moment (WS-Enumeration §3.1). */
function readExpires(text = ''): number | undefined {
  const [duration, days = 0, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(text) ?? [];
  if (duration !== undefined)
    return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment - Date.now();
}

const DURATION = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/;
