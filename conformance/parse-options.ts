import { parseArgs } from 'node:util';
import { cases } from './cases.js';
import type { ConnectionOptions } from './connection.js';
import { describeError } from './describe-error.js';
import type { TargetOptions } from './discover-target.js';

export const usage = `Usage: cimulator-conformance --url URL --user NAME:PASSWORD [options]

Runs the protocol requirements of docs/conformance.md against a WS-Management server.

  --url URL              http://HOST:5985/wsman or https://HOST:5986/wsman
  --user NAME:PASSWORD   account for Basic authentication
  --insecure             take any TLS certificate
  --namespace NAME       CIM namespace of the class (default root/cimv2/storage/iScsiTarget)
  --class NAME           concrete class with instances (default MSFTSM_ComputerSystem)
  --method NAME          method of that class without parameters that may be called
  --lab yes|no|auto      the server runs the default lab of cimulator (default auto: found out by a Get)
  --only TEXT            only requirements whose id begins with TEXT
  --timeout SECONDS      longest time for one answer (default 30)
  --json                 results as JSON
  --help                 this text

Exit status: 0 when nothing failed, 1 when something did, 2 when the tests could not run.`;

/** What was typed makes no sense; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What to run, and against what. */
export interface Options extends TargetOptions {
  readonly connection: ConnectionOptions;
  /** Beginning of the ids of the requirements to test; empty for all. */
  readonly only: string;
  readonly json: boolean;
}

/** Longest time that a timer of Node takes, in seconds. */
const LONGEST_TIMEOUT = 2_147_483;

/**
 * Reads the command line.
 *
 * @returns what to do, or undefined when only the usage was asked for
 * @throws UsageError
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  return {
    connection: {
      url: readUrl(values.url),
      ...readAccount(values.user),
      insecure: values.insecure ?? false,
      timeout: readSeconds(values.timeout) * 1000,
    },
    namespace: values.namespace,
    className: values.class,
    method: values.method,
    lab: readLab(values.lab),
    only: readOnly(values.only),
    json: values.json ?? false,
  };
}

function readUrl(url: string | undefined): string {
  if (url === undefined) throw new UsageError('--url is missing');
  if (!URL.canParse(url) || !/^https?:/i.test(url)) throw new UsageError(`--url ${url} is not an http or https URL`);
  return url;
}

/** A password may have colons, a name may not (RFC 7617 §2). */
function readAccount(account = ''): Pick<ConnectionOptions, 'user' | 'password'> {
  const colon = account.indexOf(':');
  if (colon <= 0) throw new UsageError('--user NAME:PASSWORD is missing');
  return { user: account.slice(0, colon), password: account.slice(colon + 1) };
}

function readSeconds(text = '30'): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= LONGEST_TIMEOUT)) throw new UsageError('--timeout takes a number of seconds');
  return seconds;
}

function readLab(text = 'auto'): TargetOptions['lab'] {
  if (text !== 'yes' && text !== 'no' && text !== 'auto') throw new UsageError('--lab takes yes, no or auto');
  return text;
}

/** A misspelt id must not look like a run without failures. */
function readOnly(text = ''): string {
  if (cases.some(({ verifies }) => verifies.some((id) => id.startsWith(text)))) return text;
  throw new UsageError(`--only ${text}: no case tests a requirement whose id begins so`);
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ url: text, user: text, namespace: text, class: text, method: text, lab: text, only: text, timeout: text },
        ...{ insecure: flag, json: flag, help: flag },
      },
    }).values;
  } catch (error) {
    throw new UsageError(describeError(error));
  }
}
