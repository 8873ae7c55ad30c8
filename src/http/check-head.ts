import type { IncomingMessage } from 'node:http';
import { type Refusal, refusals } from './refusal.js';

/**
 * Fields of a request's head; more are refused. Node drops those beyond a number of its own without a word: what is dropped must
 * never be an `Authorization`, or a `Via`, that would have changed the answer.
 */
export const MAX_HEADER_FIELDS = 2000;

/**
 * Refuses a head that Node lets through and RFC 9112 does not, whatever is asked for: too many fields, another version of HTTP, a
 * body in a coding that is not spoken here, no host or two.
 *
 * @returns undefined when nothing is wrong. After anything else the connection cannot go on.
 */
export function checkHead(request: IncomingMessage): Refusal | undefined {
  const { rawHeaders, httpVersion, headers } = request;
  if (rawHeaders.length > 2 * MAX_HEADER_FIELDS) return refusals.tooManyFields;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return refusals.httpVersion;
  const coding = headers['transfer-encoding'];
  return (coding === undefined ? undefined : checkCoding(coding, httpVersion)) ?? checkHost(request);
}

/** RFC 9112 §6.1. */
function checkCoding(coding: string, httpVersion: string): Refusal | undefined {
  if (httpVersion === '1.0') return refusals.chunkedInHttp10;
  if (coding.toLowerCase() === 'chunked') return undefined;
  return ENDS_IN_CHUNKED.test(coding) ? refusals.transferCoding : refusals.noEndOfBody;
}

const ENDS_IN_CHUNKED = /(?:^|,)[ \t]*chunked[ \t]*$/i;

/** RFC 9112 §3.2. Whoever cannot name the host has no HTTP that could be gone on with. */
function checkHost({ rawHeaders, httpVersion, headers }: IncomingMessage): Refusal | undefined {
  const { host } = headers;
  if (host === undefined) return httpVersion === '1.1' ? refusals.noHost : undefined;
  if (isGivenTwice(rawHeaders)) return refusals.twoHosts;
  if (host === lastHost) return undefined;
  if (!HOST.test(host)) return refusals.wrongHost;
  lastHost = host;
  return undefined;
}

/** What was looked at last, and nothing was wrong with it: nearly always it comes again. */
let lastHost = '';

/** A name or address, and a port (RFC 3986 §3.2.2, §3.2.3). Empty is allowed. */
const HOST = /^(?:\[[0-9a-z:.%~_-]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

function isGivenTwice(rawHeaders: readonly string[]): boolean {
  let seen = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string; // in range
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (seen) return true;
    seen = true;
  }
  return false;
}
