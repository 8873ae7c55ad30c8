/**
 * What an error of the database or of the way to it means:
 * - lost: the connection; whether a statement was carried out is not known
 * - readOnly: this server takes no writes: another one may
 * - again: nothing was done, since others were at the same rows
 * - locked: nothing was done within the time that locks are waited for
 * - slow: the database takes longer than it is waited for
 * - full: no room
 * - denied: no right, or nothing there, until somebody mends it
 */
export type Trouble = 'lost' | 'readOnly' | 'again' | 'locked' | 'slow' | 'full' | 'denied';

/** SQLSTATE, whole or its class (PostgreSQL, appendix A). */
const STATES: Readonly<Record<string, Trouble>> = {
  '08': 'lost',
  // Too many connections: others end.
  '53300': 'lost',
  '53': 'full',
  '54': 'full',
  '57014': 'slow',
  // Shut down, crashed, starting up, the database dropped, idle for too long.
  '57': 'lost',
  '25P03': 'lost',
  '25006': 'readOnly',
  '40': 'again',
  '55P03': 'locked',
  '42501': 'denied',
  '28': 'denied',
  '3D000': 'denied',
  '3F000': 'denied',
  '42P01': 'denied',
};

/** Of Node, and of `pg`, which gives its own errors no code. */
const LOST = /^(E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|HOSTDOWN|NOTFOUND|AI_AGAIN)|ENOENT|ERR_SSL\w*)$/;
const DENIED = /^(EACCES|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_TLS)/;
const LOST_TEXT = /^(Connection terminated|timeout |Client (has encountered|was closed)|Cannot use a pool)/;

/** Undefined: a mistake in the program. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ServerNotWritable) return 'readOnly';
  if (error instanceof TookTooLong) return 'slow';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E')) return STATES[code] ?? STATES[code.slice(0, 2)];
  if (error instanceof AggregateError || LOST.test(code) || LOST_TEXT.test(error.message)) return 'lost';
  // Certificates and passwords that do not do: `pg` and OpenSSL have many texts for them.
  return DENIED.test(code) || /SSL|TLS|certificate|SASL|SCRAM|password/i.test(error.message) ? 'denied' : undefined;
}

/** A server that only follows another, or was set to take no writes. */
export class ServerNotWritable extends Error {}

/** The database did not answer in time; it may still carry out what it was asked for. */
export class TookTooLong extends Error {}
