import { InvalidArgumentError } from 'commander';
import { accountProblem } from '../auth/accounts/account-name.js';
import { ALLOW_UNENCRYPTED, type AllowUnencrypted } from '../auth/schemes/allow-unencrypted.js';
import { parseNamespace } from '../mof/syntax/parse-namespace.js';
import { UsageError } from './exit-with-error.js';

/** An account given on the command line. */
export interface UserArgument {
  readonly name: string;
  readonly password: string;
}

/** A TCP port, 0 for any free one. */
export function parsePort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (port <= 65535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535 (0: any free one).');
}

/** As {@link parsePort}, or `off`. */
export function parsePortOrOff(value: string): number | 'off' {
  if (value.toLowerCase() === 'off') return 'off';
  try {
    return parsePort(value);
  } catch {
    throw new InvalidArgumentError("Expected a port from 0 to 65535 (0: any free one), or 'off'.");
  }
}

/** MaxEnvelopeSizekb: 8 is the least that MS-WSMV 3.1.4.1.20 allows; documents above 8 MiB are not read at all. */
export function parseEnvelopeSize(value: string): number {
  const size = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (size >= 8 && size <= 8192) return size;
  throw new InvalidArgumentError('Expected a number of KiB from 8 to 8192.');
}

/** The ways to authenticate that can be listed in `--auth`. */
export interface SchemesArgument {
  readonly negotiate: boolean;
  readonly kerberos: boolean;
  readonly basic: boolean;
}

const SCHEMES: readonly string[] = ['negotiate', 'kerberos', 'basic'] satisfies (keyof SchemesArgument)[];

/** `negotiate,basic`, or others of them. */
export function parseSchemes(value: string): SchemesArgument {
  const names = value.split(',').map((name) => name.trim().toLowerCase());
  if (!names.every((name) => SCHEMES.includes(name)))
    throw new InvalidArgumentError("Expected a list of 'negotiate', 'kerberos' and 'basic', parted by commas.");
  const has = (name: keyof SchemesArgument) => names.includes(name);
  return { negotiate: has('negotiate'), kerberos: has('kerberos'), basic: has('basic') };
}

/** A seed: an unsigned 32-bit number. */
export function parseSeed(value: string): number {
  const seed = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (seed <= 0xffff_ffff) return seed;
  throw new InvalidArgumentError('Expected a whole number from 0 to 4294967295.');
}

/** A namespace as MOF's pragma names it: `root/cimv2`, or with backslashes. */
export function parseNamespaceName(value: string): string {
  const name = parseNamespace(value);
  if (name !== undefined) return name;
  throw new InvalidArgumentError('Expected a namespace, as root/cimv2.');
}

/** Collects a repeatable option's values. */
export function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/**
 * `CIMULATOR_USER` holds several accounts one per line, or on one line with commas. A comma parts two accounts where `NAME:` follows;
 * any other belongs to a password.
 */
export function splitUsersVariable(value: string): string[] {
  const entries = value.includes('\n') ? value.split('\n') : value.split(/,(?=[^,:]+:)/);
  // A list may end with what parts its entries.
  const isList = entries.length > 1 && !value.includes('\n');
  return entries
    .map((entry, at) => (isList && at === entries.length - 1 ? entry.trim().replace(/,$/, '') : entry).trim())
    .filter((entry) => entry !== '');
}

/**
 * `NAME:PASSWORD`; the first colon parts them.
 *
 * @param source what messages call it: the flag, or the variable
 * @throws UsageError which never quotes the password
 */
export function parseUser(value: string, source = '--user'): UserArgument {
  const colon = value.indexOf(':');
  if (colon < 0) throw new UsageError(`${source}: expected NAME:PASSWORD`);
  const user = { name: value.slice(0, colon), password: value.slice(colon + 1) };
  const problem = accountProblem(user.name, user.password);
  if (problem !== undefined) throw new UsageError(`${source}: ${problem}`);
  return user;
}

const YES = /^(?:1|true|yes|on)$/i;
const NO = /^(?:0|false|no|off)$/i;

/**
 * What a variable of an on/off option means; commander itself takes any value, `0` and `false` included, for "on".
 *
 * @throws UsageError when it is neither yes nor no
 */
export function parseSwitchVariable(name: string, value: string): boolean {
  if (YES.test(value)) return true;
  if (NO.test(value)) return false;
  throw new UsageError(`${name}: expected true or false`);
}

/** A mode by its name, or as one says it of a switch. */
export function parseUnencrypted(value: string): AllowUnencrypted {
  const word = value.toLowerCase();
  const mode = ALLOW_UNENCRYPTED.find((name) => name === word);
  if (mode !== undefined) return mode;
  if (YES.test(word)) return 'always';
  if (NO.test(word)) return 'loopback';
  throw new InvalidArgumentError("Expected 'never', 'loopback' (or false), or 'always' (or true).");
}
