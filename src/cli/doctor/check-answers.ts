import type { TransportResponse } from '../../client/transport/transport.js';
import { WsmanTransportError } from '../../client/transport/wsman-transport-error.js';
import type { ServerAnswers } from './ask-server.js';
import { type Check, check, reasonOf } from './check.js';
import { speaksTls } from './check-tls.js';
import { type DoctorTarget, urlWith } from './doctor-target.js';

/** Kerberos forgives five minutes (RFC 4120 §8.2). */
const MAX_SKEW_MS = 5 * 60_000;

/** Why a server that accepts connections gives no answer. */
export async function explainSilence(error: unknown, target: DoctorTarget): Promise<Check> {
  const { protocol } = target.url;
  if (protocol === 'http:' && (await speaksTls(target)))
    return check('http', 'fail', 'the port speaks TLS, not plain HTTP', `use ${urlWith(target, 'https')}`);
  const isTimeout = error instanceof WsmanTransportError && error.failure === 'timeout';
  const text = isTimeout ? `no HTTP answer within ${target.timeoutMs / 1000} s` : reasonOf(error);
  return check(
    'http',
    'fail',
    text,
    'is something else listening on this port? WinRM has 5985 (http) and 5986 (https)',
  );
}

/** Is it WS-Man, at this path? And does it say what it is, without credentials, as Test-WSMan asks? */
export function checkIdentify({ identify, identity }: ServerAnswers, target: DoctorTarget): Check {
  if (identity !== undefined) {
    const { productVendor = 'an unnamed vendor', productVersion = '' } = identity;
    return check('http', 'ok', `WS-Management at ${target.url.pathname}: ${productVendor} ${productVersion}`.trim());
  }
  const { status } = identify;
  const path = `WinRM listens at /wsman: try ${new URL('/wsman', target.url).href}`;
  if (status === 401)
    return check('http', 'warn', 'Identify is refused without credentials, so Test-WSMan fails without -Credential');
  if (status === 404 || status === 405)
    return check('http', 'fail', `HTTP ${status}: there is no WS-Management at ${target.url.pathname}`, path);
  if (status >= 300 && status < 400)
    return check(
      'http',
      'fail',
      `HTTP ${status}: the server sends elsewhere, which WS-Management does not follow`,
      path,
    );
  const server = identify.headers.get('server');
  const who = server === undefined ? '' : ` (the server is ${printable(server)})`;
  return check('http', 'fail', `HTTP ${status}, but no WS-Management message${who}`, path);
}

/** What can be signed in with? */
export function checkSchemes({ unasked, schemes }: ServerAnswers, { url }: DoctorTarget): Check {
  const name = 'schemes';
  if (unasked.status !== 401)
    return check(
      name,
      'warn',
      `HTTP ${unasked.status} to a message without credentials: the server does not ask for any`,
    );
  if (schemes.length === 0)
    return check(
      name,
      'fail',
      'HTTP 401 without WWW-Authenticate: there is no way to sign in',
      'Windows, on the server: Set-Item WSMan:\\localhost\\Service\\Auth\\Negotiate $true',
    );
  const list = `offered: ${schemes.map(printable).join(', ')}`;
  const isBasicInClear = url.protocol === 'http:' && schemes.every((scheme) => /^basic$/i.test(scheme));
  return isBasicInClear
    ? check(
        name,
        'warn',
        `${list}; over plain HTTP anybody on the way can read the password`,
        'use https, or enable Negotiate on the server',
      )
    : check(name, 'ok', list);
}

/** Do both clocks agree? The server's is in its answer's Date. */
export function checkClock({ identify, unasked }: ServerAnswers): Check {
  const date = dateOf(unasked) ?? dateOf(identify);
  if (date === undefined) return check('clock', 'skip', 'the server does not tell its time');
  const difference = date - Date.now();
  const amount = Math.abs(difference);
  // The field has whole seconds.
  if (amount < 2000) return check('clock', 'ok', 'both clocks agree');
  const way = difference > 0 ? 'ahead of' : 'behind';
  const text = `the server's clock is ${duration(amount)} ${way} this machine's`;
  if (amount <= MAX_SKEW_MS) return check('clock', 'ok', text);
  return check(
    'clock',
    'warn',
    `${text}: Kerberos fails above 5 minutes`,
    'set both clocks: w32tm /resync, or timedatectl set-ntp true',
  );
}

function dateOf({ headers }: TransportResponse): number | undefined {
  const time = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(time) ? undefined : time;
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes === 0 ? `${Math.round(ms / 1000)} seconds` : `${minutes} minute${minutes === 1 ? '' : 's'}`;
}

/** What a server calls itself, on one line and of bearable length. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
}
