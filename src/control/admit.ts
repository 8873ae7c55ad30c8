import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { isLoopback } from '../http/is-loopback.js';
import type { Refusal } from '../http/refusal.js';
import { isOnThisMachine } from './is-on-this-machine.js';

/** Whom a control listener lets in. */
export interface Admission {
  readonly token: string;
  /** What it listens on, as it was given: `127.0.0.1`, `0.0.0.0`, `lab.example`. */
  readonly host: string;
}

/** Looks at the head of a request, before anything of its body is read; undefined for one that may come in. */
export type Admit = (request: Pick<IncomingMessage, 'headers'>) => Refusal | undefined;

const wrongHost = refusal(421, 'Host names another machine than this one; use the URL that serve told.');
const foreignPage = refusal(403, 'Requests of web pages (Origin) are not answered.');
const unauthorized: Refusal = {
  ...refusal(401, 'The token is missing or wrong; expected: Authorization: Bearer TOKEN.'),
  headers: { 'WWW-Authenticate': 'Bearer realm="cimulator"' },
};

/**
 * Host first, since a page whose name leads here (DNS rebinding) must learn nothing; then the page that says so itself; then the token,
 * in a time that does not tell how much of it was right.
 */
export function createAdmit({ token, host }: Admission): Admit {
  const wanted = digest(token);
  return ({ headers }) => {
    if (!isOurs(headers.host ?? '', host)) return wrongHost;
    if (headers.origin !== undefined) return foreignPage;
    const [, given] = /^Bearer +([^\s]+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) return unauthorized;
    return undefined;
  };
}

/** Whatever port: a container or a tunnel may give it another one, and a page that is to be kept out has a name. */
function isOurs(field: string, listening: string): boolean {
  const name = field
    .replace(/:\d*$/, '')
    .replaceAll(/^\[|\]$/g, '')
    .toLowerCase();
  if (name === 'localhost' || isLoopback(name)) return true;
  if (isOnThisMachine(listening)) return false;
  return isIP(name) !== 0 || name === listening.toLowerCase();
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refusal(status: number, message: string): Refusal {
  return { status, text: JSON.stringify({ error: { message } }), contentType: 'application/json' };
}
