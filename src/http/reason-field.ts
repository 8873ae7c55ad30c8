import type { IncomingMessage } from 'node:http';
import type { Outcome } from '../wsman/wsman-service.js';
import type { Connection } from './connection.js';
import type { Exchange } from './exchange.js';
import { isForwarded } from './is-forwarded.js';
import type { TellReasons } from './tell-reasons.js';

/** Bytes of the encoded text; heads are short. */
const MAX_REASON_FIELD = 1024;

/** What of an exchange says who would hear a reason. */
interface Audience extends Pick<Exchange, 'caller' | 'security'> {
  readonly connection: Pick<Connection, 'loopback' | 'tls'>;
  readonly request: Pick<IncomingMessage, 'headers'>;
}

/**
 * The value of `Cimulator-Reason`: as much as the caller may be told of why the call ended as it did, percent-encoded; undefined where
 * there is nothing to tell, or it is not to be told to this caller.
 */
export function reasonField(audience: Audience, { tellable }: Outcome, tell: TellReasons): string | undefined {
  if (tellable === undefined || tell === 'never' || audience.caller === undefined) return undefined;
  return isLocal(audience) || (tell === 'always' && !isBesideSeal(audience)) ? encode(tellable) : undefined;
}

function isLocal({ request, connection }: Audience): boolean {
  return connection.loopback && !isForwarded(request);
}

/** The head of a sealed message goes in clear, where others can read what the message hides. */
function isBesideSeal({ security, connection }: Audience): boolean {
  return security !== undefined && !connection.tls;
}

/** Cut at a whole character. */
function encode(text: string): string {
  let encoded = '';
  for (const character of text) {
    // Half a character cannot be encoded.
    const next = encodeURIComponent(/\p{Cs}/u.test(character) ? '\uFFFD' : character);
    if (encoded.length + next.length > MAX_REASON_FIELD) break;
    encoded += next;
  }
  return encoded;
}
